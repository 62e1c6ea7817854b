import * as z from 'zod';
import {
  aboutSchema,
  accountSchema,
  actionSchema,
  configSchema,
  digestSchema,
  effectSchema,
  fieldChangeSchema,
  formatVersionSchema,
  keySchema,
  kindSchema,
  managedSchema,
  notLookedAtSchemas,
  plannedChangeSchema,
  secretsSchema,
  timeSchema,
  toolSchema,
  unmanagedSchema,
} from './plan-schema.ts';
import { type ApplyReport, type ChangeResult, OUTCOMES } from './report.ts';

const count = z.number().int().nonnegative();

const changeResult: z.ZodType<ChangeResult> = z
  .strictObject({
    action: actionSchema,
    kind: kindSchema,
    key: keySchema,
    id: z
      .string()
      .exactOptional()
      .meta({
        description: 'The id of the object where it is known, also the one that a create was given.',
        examples: ['59747c3ff77948220136b7b3'],
      }),
    fields: z.array(fieldChangeSchema).meta({
      description: 'Old and new; of what was deleted every writable field, so that it can be made again.',
    }),
    effects: z.array(effectSchema).meta({ description: 'What it means.' }),
    about: aboutSchema,
    outcome: z.enum(OUTCOMES).meta({
      description:
        'applied: the account has it. failed: it has not. skipped: no call was made for it, or another run had made it already. unknown: the answer was lost, and reading the account could not settle it.',
    }),
    attempts: count.meta({ description: 'Calls that were sent to change the object.' }),
    milliseconds: count.meta({ description: 'From the first call until the outcome was known.' }),
    error: z.string().exactOptional().meta({
      description: 'Why it failed, was skipped or is unknown.',
    }),
    note: z.string().exactOptional().meta({
      description:
        'What is to be known of one that was applied: in which spelling the account keeps it, or what was changed since.',
    }),
  })
  .meta({ description: 'What became of one change.' });

const summary = z
  .strictObject({
    applied: count.meta({ description: 'Changes that the account has.' }),
    failed: count.meta({ description: 'Changes that the account does not have.' }),
    skipped: count.meta({
      description: 'Changes that this run did not make: no call was made, or another run had made them.',
    }),
    unknown: count.meta({ description: 'Changes of which it cannot be told.' }),
  })
  .meta({ description: 'How many changes ended in which way.' });

/** The report document of an apply, `formatVersion` "2". Unknown keys are errors. */
export const reportSchema: z.ZodType<ApplyReport> = z
  .strictObject({
    formatVersion: formatVersionSchema,
    tool: toolSchema,
    startedAt: timeSchema.meta({
      description: 'When the apply began, in UTC.',
      examples: ['2026-11-22T10:00:00.000Z'],
    }),
    finishedAt: timeSchema.meta({
      description: 'When it ended, in UTC.',
      examples: ['2026-11-22T10:00:02.000Z'],
    }),
    account: accountSchema,
    config: configSchema,
    secrets: secretsSchema,
    planDigest: digestSchema.meta({ description: 'The digest of the plan that was applied.' }),
    interrupted: z
      .string()
      .exactOptional()
      .meta({ description: 'The signal that stopped it early.', examples: ['SIGINT'] }),
    summary,
    changes: z
      .array(changeResult)
      .meta({ description: 'What became of each change, in the order of the plan.' }),
    converged: z.boolean().meta({
      description: 'Whether the account, read afterwards, is as planned.',
    }),
    verificationError: z.string().exactOptional().meta({
      description:
        'Why nobody can say that the account is as planned: it could not be read afterwards, or has something twice.',
    }),
    remaining: z.array(plannedChangeSchema).meta({ description: 'What is still to do.' }),
    remainingDigest: digestSchema.nullable().exactOptional().meta({
      description:
        'The digest to go on with; null where nothing is left, missing where the account could not be read.',
    }),
    managed: z.array(managedSchema).meta({ description: 'Every object that the files name.' }),
    unmanaged: z.array(unmanagedSchema).meta({ description: 'What the account has beside them.' }),
    ...notLookedAtSchemas,
  })
  .meta({ title: 'chaportctl report', description: 'What an apply did.' });
