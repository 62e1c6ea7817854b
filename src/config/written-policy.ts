import * as z from 'zod';
import { parseCount, parsePercentage } from './text-rules.ts';
import { email, glob, listOf, map, oneOf, orReference } from './written-fields.ts';

export const WrittenAccount = map({
  owner: email.meta({
    title: 'Account owner',
    description:
      'The owner’s e-mail address. It must be an operator of the live account: the guard against the wrong token.',
    examples: ['owner@acme.example'],
  }),
}).meta({
  title: 'Account',
  description: 'Which account this configuration is for.',
  examples: [{ owner: 'owner@acme.example' }],
});

const GLOBS_EXPECTED = 'a list of globs such as ["*@acme.example"]';
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

const prune = z
  .union(
    [
      listOf(oneOf(['operators', 'webhooks']), 'a list of operators and webhooks'),
      map({
        operators: listOf(glob, GLOBS_EXPECTED)
          .meta({
            title: 'Operators to prune',
            description: 'Globs over e-mail addresses.',
            examples: [['*@acme.example']],
          })
          .optional(),
        webhooks: listOf(glob, GLOBS_EXPECTED)
          .meta({
            title: 'Webhooks to prune',
            description: 'Globs over URLs.',
            examples: [['https://hooks.acme.example/**']],
          })
          .optional(),
      }),
    ],
    { error: 'a map of globs by kind, or a list such as [webhooks]' },
  )
  .meta({
    title: 'Prune',
    description:
      'What is live, matches a glob here and is not in the file is deleted. A list of kinds stands for everything of these kinds. Default: nothing.',
    examples: [{ webhooks: ['https://hooks.acme.example/**'] }, ['webhooks']],
  });

export const WrittenPolicy = map({
  prune: prune.optional(),
  maxDeletes: count(
    MAX_DELETES_EXPECTED,
    (written) =>
      parseCount(written) !== null || (typeof written === 'string' && parsePercentage(written) !== null),
    '^[0-9]+%?$',
  )
    .meta({
      title: 'Most deletes',
      description:
        'A plan in which prune deletes more of one kind is refused: a number, or a share of that kind’s live objects (at least 1). `state: absent` does not count.',
      examples: [2, '10%'],
      default: '20%',
    })
    .optional(),
  protect: listOf(glob, GLOBS_EXPECTED)
    .meta({
      title: 'Protected',
      description: 'Globs over e-mail addresses and URLs: what matches is never updated and never deleted.',
      examples: [['*@partner.example']],
    })
    .optional(),
  minAdmins: count(COUNT_EXPECTED, (written) => parseCount(written) !== null, '^[0-9]+$')
    .meta({
      title: 'Fewest admins',
      description: 'A plan that would leave fewer admins is refused.',
      examples: [1],
    })
    .optional(),
}).meta({
  title: 'Policy',
  description: 'What a plan may do.',
  examples: [{ prune: ['webhooks'], maxDeletes: 2, minAdmins: 1 }],
});

export type WrittenAccount = z.infer<typeof WrittenAccount>;
export type WrittenPolicy = z.infer<typeof WrittenPolicy>;
