import * as z from 'zod';
import { listOf, map } from '../../model/field-schemas.ts';
import { sectionsOfFile } from '../../model/kinds/index.ts';
import { wholeShifts } from '../shifts/schema.ts';
import { account, policySchema, type WrittenAccount, type WrittenPolicy } from './policy-schema.ts';

/** What a file says beside its sections. */
export interface WrittenHead {
  version: 1;
  account: WrittenAccount;
  policy: WrittenPolicy;
  defaults: Record<string, unknown>;
  shifts: unknown;
}

/** The keys that stand in one file only. */
export const SOLE_KEYS = ['account', 'policy', 'defaults', 'shifts'] as const satisfies (keyof WrittenHead)[];

const version = z.literal(1, { error: '1' }).meta({
  title: 'Version',
  description: 'The version of this file format. It must stand in one of the files.',
  examples: [1],
});

/**
 * The keys of a file, each with its schema; lists of entries and `shifts` hold anything, since what is in them
 * is read one by one.
 */
export function fileSchema() {
  return schemaWith(() => z.unknown(), z.unknown());
}

/** A whole file, entries included: for its JSON Schema and the order of its keys. */
export function wholeFile() {
  const sections = sectionsOfFile().map(({ section }) => section);
  return schemaWith(({ schema }) => schema, wholeShifts()).meta({
    title: 'chaportctl configuration',
    description:
      'The state in which a Chaport account is kept: operators, their statuses, webhook subscriptions.',
    examples: [
      { version: 1, ...Object.fromEntries(sections.map(({ name, examples: [one] }) => [name, one])) },
    ],
  });
}

type FileSection = ReturnType<typeof sectionsOfFile>[number]['section'];

function schemaWith(entryOf: (section: FileSection) => z.ZodType, shifts: z.ZodType) {
  const sections = sectionsOfFile().map(({ section }) => section);
  const lists = sections.map((section) => {
    const { name, title, description, examples } = section;
    const list = listOf(entryOf(section), `a list of ${name}`).meta({ title, description, examples });
    return [name, list.optional()] as const;
  });
  return map({
    version: version.optional(),
    account: account.optional(),
    policy: policySchema().optional(),
    defaults: defaultsOf(sections).optional(),
    ...Object.fromEntries(lists),
    shifts: shifts.optional(),
  });
}

function defaultsOf(sections: readonly FileSection[]) {
  const fillers = sections.flatMap(({ defaults }) => Object.entries(defaults));
  const examples = fillers.map(([key, filler]) => [key, (filler.meta()?.examples as unknown[])?.[0]]);
  return map(Object.fromEntries(fillers.map(([key, filler]) => [key, filler.optional()]))).meta({
    title: 'Defaults',
    description: 'What fills in the fields that entries leave out.',
    examples: [Object.fromEntries(examples)],
  });
}
