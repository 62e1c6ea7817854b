import validRange from 'semver/ranges/valid.js';
import * as z from 'zod';
import { filledText, listOf, map, textThat } from '../../model/field-schemas.ts';
import { sectionsOfFile } from '../../model/kinds/index.ts';
import { isFilledText } from '../../model/text-rules.ts';
import { type WrittenShifts, wholeShifts } from '../shifts/schema.ts';
import { overrideSchema, overridesSchema } from './override-schema.ts';
import { account, policySchema, type WrittenAccount, type WrittenPolicy } from './policy-schema.ts';
import { nounOf } from './walk.ts';

/** What a file says beside its sections. */
export interface WrittenHead {
  version: 1;
  requiredVersion: string;
  include: readonly string[];
  account: WrittenAccount;
  policy: WrittenPolicy;
  defaults: Record<string, unknown>;
  overrides: Record<string, readonly unknown[]>;
  shifts: WrittenShifts;
}

/** How a key joins that stands in a file and in those that it includes. */
interface Joining {
  /** The paths, `*` for any name, at which the including file's value is taken whole; elsewhere it is key by key. */
  whole: readonly string[];
}

/** The keys that join key by key. Of files given side by side, one has each of them. Lists of entries join as lists. */
export const JOINED_KEYS: Readonly<Record<string, Joining>> = {
  account: { whole: [] },
  policy: { whole: ['prune', 'unmanaged'] },
  defaults: { whole: [] },
  shifts: { whole: ['rota.*'] },
};

/** Keys of the file that are the writer's own: anchors live there. */
export const OWN_KEY = /^x-/;

const version = z.literal(1, { error: '1' }).meta({
  title: 'Version',
  description: 'The version of this file format. It must stand in one of the files.',
  examples: [1],
});

const requiredVersion = textThat(
  (text) => isFilledText(text) && validRange(text) !== null,
  'a range of versions such as ">=0.2 <1"',
).meta({
  title: 'Required version',
  description: 'The versions of chaportctl that may read this file: a semver range. Those of all files hold.',
  examples: ['>=0.2 <1'],
  minLength: 1,
});
const include = listOf(filledText, 'a list of paths such as [../base]').meta({
  title: 'Include',
  description:
    'Files, and folders of *.yaml and *.yml, relative to this file. What this file says wins, and `overrides` change what they say of a person or a webhook.',
  examples: [['../base']],
});

/**
 * The keys of a file, each with its schema; lists of entries and `shifts` hold anything, since what is in them
 * is read one by one.
 */
export const fileSchema = madeOnce(() =>
  schemaWith(
    () => z.unknown(),
    () => z.unknown(),
    z.unknown(),
  ),
);

/** A whole file, entries included: for its JSON Schema and the order of its keys. */
export const wholeFile = madeOnce(() => {
  const sections = sectionsOfFile().map(({ section }) => section);
  return schemaWith(({ schema }) => schema, overrideSchema, wholeShifts()).meta({
    title: 'chaportctl configuration',
    description:
      'The state in which a Chaport account is kept: operators, their statuses, webhook subscriptions.',
    examples: [
      { version: 1, ...Object.fromEntries(sections.map(({ name, examples: [one] }) => [name, one])) },
    ],
  });
});

/** Every file is read with it, and making it takes longer than reading a small one. */
function madeOnce<T>(make: () => T): () => T {
  let made: { sections: string; schema: T } | null = null;
  return () => {
    const sections = sectionsOfFile()
      .map(({ section }) => section.name)
      .join();
    if (made?.sections !== sections) made = { sections, schema: make() };
    return made.schema;
  };
}

type FileSection = ReturnType<typeof sectionsOfFile>[number]['section'];

function schemaWith(
  entryOf: (section: FileSection) => z.ZodType,
  overrideOf: (section: FileSection) => z.ZodType,
  shifts: z.ZodType,
) {
  const sections = sectionsOfFile().map(({ section }) => section);
  const lists = sections.map((section) => {
    const { name, title, description, examples, schema } = section;
    const list = listOf(entryOf(section), `a list of ${nounOf(schema) === 'person' ? 'people' : name}`).meta({
      title,
      description,
      examples,
    });
    return [name, list.optional()] as const;
  });
  return map({
    version: version.optional(),
    requiredVersion: requiredVersion.optional(),
    include: include.optional(),
    account: account.optional(),
    policy: policySchema().optional(),
    defaults: defaultsOf(sections).optional(),
    ...Object.fromEntries(lists),
    shifts: shifts.optional(),
    overrides: overridesSchema(overrideOf).optional(),
  });
}

function defaultsOf(sections: readonly FileSection[]) {
  const fillers = sections.flatMap(({ defaults }) => Object.entries(defaults));
  const examples = fillers.map(([key, filler]) => [key, (filler.meta()?.examples as unknown[])?.[0]]);
  return map(Object.fromEntries(fillers.map(([key, filler]) => [key, filler.optional()]))).meta({
    title: 'Defaults',
    description: 'What fills in the fields that people and webhooks leave out.',
    examples: [Object.fromEntries(examples)],
  });
}
