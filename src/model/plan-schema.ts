import * as z from 'zod';
import {
  ACTIONS,
  FORMAT_VERSION,
  KIND_NAMES,
  type Plan,
  type PlannedChange,
  type PlanRefusal,
  type PlanSummary,
  type PlanWarning,
  type UnmanagedObject,
} from './plan.ts';
import type { Source } from './source.ts';

/*
 * The plan document as a schema. The interfaces in plan.ts stay the source of the types, so that
 * whoever uses the library needs no zod; each schema is checked against its interface here.
 */

const count = z.number().int().nonnegative();

const sourceSchema: z.ZodType<Source> = z
  .strictObject({
    file: z.string().meta({ description: 'The file as it was named.', examples: ['chaport.yaml'] }),
    line: z.number().int().positive().meta({ description: 'The line, from 1.' }),
    column: z.number().int().positive().meta({ description: 'The column, from 1.' }),
  })
  .meta({ description: 'A place in a file.' });

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const fields = z.record(z.string(), fieldValue);

const fieldChange = z
  .strictObject({
    path: z.string().meta({ description: 'The name of the field.', examples: ['jobTitle'] }),
    before: fieldValue.meta({ description: 'The live value; null means empty.' }),
    after: fieldValue.meta({ description: 'The wanted value; null means empty.' }),
  })
  .meta({ description: 'One field that differs.' });

export const kindSchema = z.enum(KIND_NAMES).meta({ description: 'The resource kind.' });
export const actionSchema = z.enum(ACTIONS).meta({ description: 'What is done to the object.' });

export const keySchema = z.string().meta({
  description:
    'What identifies the object: the e-mail address in lower case (operator, status), or EVENT URL (webhook).',
  examples: ['jon.snow@acme.example', 'chat.started https://hooks.acme.example/chaport'],
});

export const plannedChangeSchema: z.ZodType<PlannedChange> = z
  .strictObject({
    action: actionSchema,
    kind: kindSchema,
    key: keySchema,
    id: z
      .string()
      .exactOptional()
      .meta({
        description:
          'The id of the live object; missing for a create, and for a status of an operator that this plan creates.',
        examples: ['59747c3ff77948220136b7b3'],
      }),
    before: fields
      .nullable()
      .meta({ description: 'All writable fields as they are live; null for a create.' }),
    after: fields
      .nullable()
      .meta({ description: 'All writable fields as they are sent; null for a delete.' }),
    fields: z.array(fieldChange).meta({ description: 'The fields that differ.' }),
    effects: z.array(z.string()).meta({
      description: 'What a reader must know before saying yes.',
      examples: [['sends an invitation e-mail']],
    }),
    source: sourceSchema.exactOptional().meta({
      description: 'The entry that asks for this; for a pruned object the glob that claims it.',
    }),
    pruned: z.literal(true).exactOptional().meta({
      description: 'True where prune deletes it and no entry of the file asked for it.',
    }),
    secretFields: z
      .array(z.string())
      .exactOptional()
      .meta({
        description: 'Fields of "after" in which ${secret:NAME} stands for a secret.',
        examples: [['targetUrl']],
      }),
    secretFieldsBefore: z
      .array(z.string())
      .exactOptional()
      .meta({
        description: 'Fields of "before" in which ${secret:NAME} stands for a secret.',
        examples: [['targetUrl']],
      }),
  })
  .meta({ description: 'One change of one object.' });

const unmanagedObject: z.ZodType<UnmanagedObject> = z
  .strictObject({
    kind: kindSchema,
    key: keySchema,
    id: z.string().meta({ description: 'The id of the live object.' }),
  })
  .meta({ description: 'A live object that the file does not have and prune does not claim.' });

const warning: z.ZodType<PlanWarning> = z
  .strictObject({
    code: z
      .string()
      .meta({ description: 'The stable name of the warning.', examples: ['status-until-past'] }),
    message: z.string().meta({ description: 'The warning in words.' }),
    source: sourceSchema.exactOptional().meta({ description: 'The entry that it is about.' }),
  })
  .meta({ description: 'Something to look at that does not stop the plan.' });

const refusal: z.ZodType<PlanRefusal> = z
  .strictObject({
    code: z.string().meta({
      description: 'The guard that refuses.',
      examples: ['owner', 'max-deletes', 'protect', 'min-admins'],
    }),
    message: z.string().meta({ description: 'Why it refuses.' }),
    hint: z.string().exactOptional().meta({ description: 'What can be done about it.' }),
    source: sourceSchema.exactOptional().meta({ description: 'The line of the file that it is about.' }),
  })
  .meta({ description: 'A guard that the plan runs into: the plan may be read, not applied.' });

const summary: z.ZodType<PlanSummary> = z
  .strictObject({
    create: count.meta({ description: 'Objects that are created.' }),
    update: count.meta({ description: 'Objects that are updated, statuses among them.' }),
    delete: count.meta({ description: 'Objects that are deleted.' }),
    unchanged: count.meta({ description: 'Objects that are as the file says.' }),
    unmanaged: count.meta({
      description: 'Objects that are left alone because the file does not have them.',
    }),
  })
  .meta({ description: 'How many objects there are of each sort.' });

export const formatVersionSchema = z.literal(FORMAT_VERSION).meta({
  description: 'It changes when a reader of the older one would misread the new one.',
});

export const toolSchema = z.string().meta({
  description: 'Name and version of the program.',
  examples: ['chaportctl 0.1.0'],
});

export const timeSchema = z.iso.datetime();

export const accountSchema = z
  .strictObject({
    baseUrl: z.string().meta({
      description: 'Where the API is.',
      examples: ['https://app.chaport.com/api/v1'],
    }),
    owner: z
      .string()
      .exactOptional()
      .meta({
        description: 'The owner, as account.owner names them.',
        examples: ['owner@acme.example'],
      }),
  })
  .meta({ description: 'The account.' });

export const configSchema = z
  .strictObject({
    files: z.array(z.string()).meta({
      description: 'The files as they were named; standard input is "-".',
      examples: [['chaport.yaml']],
    }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'The SHA-256 of their names and contents.' }),
  })
  .meta({ description: 'The configuration.' });

export const digestSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/)
  .meta({
    description:
      'sha256: and the hex SHA-256 over the compact JSON of the plan without "createdAt" and "digest".',
    examples: [`sha256:${'0123456789abcdef'.repeat(4)}`],
  });

/** The plan document, `formatVersion` "1". Unknown keys are errors. */
export const planSchema: z.ZodType<Plan> = z
  .strictObject({
    formatVersion: formatVersionSchema,
    tool: toolSchema,
    createdAt: timeSchema.meta({
      description: 'When the plan was made, in UTC.',
      examples: ['2026-11-22T10:00:00.000Z'],
    }),
    account: accountSchema,
    config: configSchema,
    digest: digestSchema,
    summary,
    changes: z.array(plannedChangeSchema).meta({ description: 'The changes in the order of execution.' }),
    unmanaged: z.array(unmanagedObject).meta({
      description: 'Live objects that the file does not have and prune does not claim.',
    }),
    warnings: z.array(warning).meta({ description: 'What should be looked at.' }),
    refusals: z.array(refusal).meta({
      description: 'The guards that the plan runs into; a plan with any is not applied.',
    }),
  })
  .meta({
    title: 'chaportctl plan',
    description: 'What must change so that the account is as the files say.',
  });
