import * as z from 'zod';
import { UNMANAGED_MODES } from '../../model/desired.ts';
import {
  email,
  filledText,
  glob,
  listOf,
  map,
  oneOf,
  orReference,
  textThat,
} from '../../model/field-schemas.ts';
import { sectionsOfFile } from '../../model/kinds/index.ts';
import type { ResourceKind } from '../../model/kinds/kind.ts';
import { isHttpUrl, parseCount, parsePercentage } from '../../model/text-rules.ts';
import { coverage } from '../shifts/schema.ts';

const BASE_URL_EXPECTED = 'a URL such as https://app.chaport.com/api/v1, or a list of such';
const baseUrl = textThat(isHttpUrl, BASE_URL_EXPECTED).meta(orReference('^https?://'));

export const account = map({
  owner: email
    .meta({
      title: 'Account owner',
      description:
        'The owner’s e-mail address. It must be an operator of the live account: the guard against the wrong token.',
      examples: ['owner@acme.example'],
    })
    .optional(),
  operatorId: filledText
    .meta({
      title: 'Id of an operator',
      description:
        'An operator with this id must be there. Ids are unique over all accounts, e-mail addresses are not. `witnesses` in a plan document has some.',
      examples: ['59747c3ff77948220136b7b3'],
    })
    .optional(),
  baseUrl: z
    .union([baseUrl, z.array(baseUrl, { error: BASE_URL_EXPECTED }).min(1, { error: BASE_URL_EXPECTED })], {
      error: BASE_URL_EXPECTED,
    })
    .meta({
      title: 'Address of the API',
      description:
        'The address, or one of those, that must be in use. It is a guard, not the address to use.',
      examples: ['https://app.chaport.com/api/v1'],
    })
    .optional(),
}).meta({
  title: 'Account',
  description: 'Which account this configuration is for.',
  examples: [{ owner: 'owner@acme.example' }],
});

const GLOBS_EXPECTED = 'a list of patterns such as ["*@acme.example"]';
const COUNT_EXPECTED = 'a whole number from 0';
const MAX_DELETES_EXPECTED = 'a whole number from 0, or a percentage such as "10%"';

/** A number, or what a reference may give for one. */
function count(expected: string, check: (written: string | number) => boolean, pattern: string) {
  return z
    .union([z.number().meta({ minimum: 0, multipleOf: 1 }), z.string().meta(orReference(pattern))], {
      error: expected,
    })
    .refine(check, { error: expected });
}

/** What the globs of a kind are matched with, in words, and one of them. */
const GLOBS: Readonly<Record<ResourceKind['globs'], { over: string; example: string }>> = {
  email: { over: 'e-mail addresses', example: '*@acme.example' },
  url: { over: 'URLs', example: 'https://hooks.acme.example/**' },
};

/** The globs by section, or a list of the sections of which everything is meant. */
function pruneSchema() {
  const sections = sectionsOfFile();
  const names = sections.map(({ section }) => section.name);
  const globs = sections.map(({ kind, section }) => {
    const { over, example } = GLOBS[kind.globs];
    const list = listOf(glob, GLOBS_EXPECTED).meta({
      title: `${section.title} to prune`,
      description: `Patterns over ${over}.`,
      examples: [[example]],
    });
    return { name: section.name, list, example };
  });
  const last = globs.slice(-1);
  return z
    .union(
      [
        listOf(oneOf(names as [string, ...string[]]), `a list of ${names.join(' and ')}`),
        map(Object.fromEntries(globs.map(({ name, list }) => [name, list.optional()]))),
      ],
      {
        error: `the keys ${names.join(' and ')} with lists of patterns, or a list such as [${names.at(-1)}]`,
      },
    )
    .meta({
      title: 'Prune',
      description:
        'What is live, matches a pattern here and is not in the file is deleted. A list of kinds stands for everything of these kinds. Default: nothing.',
      examples: [
        Object.fromEntries(last.map(({ name, example }) => [name, [example]])),
        last.map(({ name }) => name),
      ],
    });
}

/** One word for every section, or one each. */
function unmanagedSchema() {
  const sections = sectionsOfFile();
  const names = sections.map(({ section }) => section.name);
  const mode = oneOf(UNMANAGED_MODES);
  const modes = sections.map(({ section }) => {
    const about = mode.meta({
      title: `Unmanaged ${section.name}`,
      description: `What is done where the account has ${section.name} that no file has.`,
      examples: ['warn'],
      default: 'show',
    });
    return [section.name, about.optional()] as const;
  });
  return z
    .union([mode, map(Object.fromEntries(modes))], {
      error: `show, warn or refuse, or one of them for each of ${names.join(' and ')}`,
    })
    .meta({
      title: 'Unmanaged objects',
      description:
        'What is live, in no file and claimed by no prune: `show` lists it (default), `warn` warns, `refuse` refuses the plan. What is protected never counts.',
      examples: ['warn', Object.fromEntries(names.map((name) => [name, 'refuse']))],
      default: 'show',
    });
}

const maxDeletes = count(
  MAX_DELETES_EXPECTED,
  (written) =>
    parseCount(written) !== null || (typeof written === 'string' && parsePercentage(written) !== null),
  '^[0-9]+%?$',
).meta({
  title: 'Most deletes',
  description:
    'A plan in which prune deletes more of one kind is refused: a number, or a share of that kind’s live objects (at least 1). `state: absent` does not count.',
  examples: [2, '10%'],
  default: '20%',
});
const protect = listOf(glob, GLOBS_EXPECTED).meta({
  title: 'Protected',
  description: 'Patterns over e-mail addresses and URLs: what matches is never updated and never deleted.',
  examples: [['*@partner.example']],
});
const minAdmins = count(COUNT_EXPECTED, (written) => parseCount(written) !== null, '^[0-9]+$').meta({
  title: 'Fewest admins',
  description: 'A plan that would leave fewer admins is refused.',
  examples: [1],
});

const coverageRules = listOf(coverage, 'a list of coverage rules').meta({
  title: 'Coverage',
  description: 'When how many people of the rota must be online, for `chaportctl shifts --check`.',
  examples: [[{ name: 'office hours', days: 'mon-fri', from: '09:00', to: '18:00', online: 2 }]],
});

export function policySchema() {
  return map({
    prune: pruneSchema().optional(),
    maxDeletes: maxDeletes.optional(),
    protect: protect.optional(),
    minAdmins: minAdmins.optional(),
    unmanaged: unmanagedSchema().optional(),
    coverage: coverageRules.optional(),
  }).meta({
    title: 'Policy',
    description: 'What a plan may do.',
    examples: [
      {
        prune: sectionsOfFile()
          .slice(-1)
          .map(({ section }) => section.name),
        maxDeletes: 2,
        minAdmins: 1,
      },
    ],
  });
}

export type WrittenAccount = z.infer<typeof account>;
export type WrittenPolicy = z.infer<ReturnType<typeof policySchema>>;
