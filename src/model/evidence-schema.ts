import * as z from 'zod';
import { EVIDENCE_FORMAT, type Evidence, type FactSeen, VERDICTS } from './evidence.ts';
import { timeSchema, toolSchema } from './plan-schema.ts';

const fact: z.ZodType<FactSeen> = z
  .strictObject({
    id: z.string().meta({ description: 'The stable name of the fact.', examples: ['list-shape'] }),
    grade: z.enum(['A', 'B', 'C', 'D']).meta({
      description:
        'How well it was known. A: the vendor’s reference. B: clients that work. C: inferred. D: assumed.',
    }),
    sentence: z.string().meta({ description: 'What the program believes.' }),
    verdict: z.enum(VERDICTS).meta({ description: 'What the account showed of it.' }),
    reading: z
      .string()
      .exactOptional()
      .meta({ description: 'Which other way it is, where it differs.', examples: ['bare'] }),
    tolerated: z
      .boolean()
      .exactOptional()
      .meta({ description: 'Whether the program copes with that, where it differs.' }),
    seen: z.string().meta({ description: 'What was seen: shapes, types and counts, never values.' }),
  })
  .meta({ description: 'One fact about the API.' });

/** The evidence document, `formatVersion` "1". Unknown keys are errors. */
export const evidenceSchema: z.ZodType<Evidence> = z
  .strictObject({
    formatVersion: z.literal(EVIDENCE_FORMAT).meta({ description: 'The version of this format.' }),
    tool: toolSchema,
    createdAt: timeSchema.meta({
      description: 'When it was seen, in UTC.',
      examples: ['2026-11-22T10:00:00.000Z'],
    }),
    account: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .nullable()
      .meta({
        description:
          'SHA-256 of the base URL, a line break, and the smallest id of an operator: tells one account from another.',
      }),
    facts: z.array(fact).meta({ description: 'Every fact, seen or not.' }),
  })
  .meta({
    title: 'chaportctl evidence',
    description: 'Which facts about the API hold on an account. It holds no value of the account.',
  });
