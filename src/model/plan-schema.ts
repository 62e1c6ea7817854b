import * as z from 'zod';
import { ACTIONS, type Effect } from './change.ts';
import { REFUSAL_CODES, type WarningCode } from './codes.ts';
import { type EffectCode, KIND_NAMES, type KindName } from './kinds/index.ts';
import {
  FORMAT_VERSION,
  type ManagedObject,
  type Plan,
  type PlannedChange,
  type PlanRefusal,
  type PlanSummary,
  type PlanWarning,
  type UnmanagedObject,
} from './plan.ts';
import type { ShiftsDocument } from './rota/document.ts';
import type { Source } from './source.ts';

/*
 * The plan document as a schema. The interfaces in plan.ts stay the source of the types, so that
 * whoever uses the library needs no zod; each schema is checked against its interface here.
 */

const count = z.number().int().nonnegative();

const place = {
  file: z.string().meta({ description: 'The file as it was named.', examples: ['chaport.yaml'] }),
  line: z.number().int().positive().meta({ description: 'The line, from 1.' }),
  column: z.number().int().positive().meta({ description: 'The column, from 1.' }),
};

const sourceSchema: z.ZodType<Source> = z
  .strictObject({
    ...place,
    overrides: z
      .array(z.strictObject(place).meta({ description: 'A place in a file.' }))
      .exactOptional()
      .meta({ description: 'Where `overrides` of other files change what is said there.' }),
  })
  .meta({ description: 'A place in a file.' });

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const fields = z.record(z.string(), fieldValue);

export const fieldChangeSchema = z
  .strictObject({
    path: z.string().meta({ description: 'The name of the field.', examples: ['jobTitle'] }),
    before: fieldValue.meta({ description: 'The live value; null means empty.' }),
    after: fieldValue.meta({ description: 'The desired value; null means empty.' }),
  })
  .meta({ description: 'One field that differs.' });

export const kindSchema: z.ZodType<KindName> = z.enum(KIND_NAMES).meta({ description: 'The resource kind.' });
export const actionSchema = z.enum(ACTIONS).meta({ description: 'What is done to the object.' });

export const keySchema = z.string().meta({
  description:
    'What identifies the object: the e-mail address in lower case (operator, status), or EVENT URL (webhook).',
  examples: ['jon.snow@acme.example', 'chat.started https://hooks.acme.example/chaport'],
});

const idSchema = z.string().meta({
  description: 'The id of the live object.',
  examples: ['59747c3ff77948220136b7b3'],
});

const secretFields = z
  .array(z.string())
  .exactOptional()
  .meta({
    description: 'Fields in which ${secret:NAME} stands for a secret; elsewhere such text is literal.',
    examples: [['targetUrl']],
  });

export const effectSchema = z
  .strictObject({
    code: z.string().meta({ description: 'The stable name of the effect.', examples: ['gains-admin'] }),
    text: z.string().meta({ description: 'The effect in words.', examples: ['becomes an admin'] }),
  })
  .meta({ description: 'What a reader must know before saying yes.' }) as unknown as z.ZodType<
  Effect<EffectCode>
>;

export const aboutSchema = fields
  .exactOptional()
  .meta({ description: 'Who or what it is, for readers: never sent.' });

const changeOfAnyAction = {
  kind: kindSchema,
  key: keySchema,
  fields: z.array(fieldChangeSchema).meta({ description: 'The fields that differ.' }),
  effects: z.array(effectSchema).meta({ description: 'What a reader must know before saying yes.' }),
  about: aboutSchema,
  source: sourceSchema.exactOptional().meta({
    description: 'The place in the file that asks for this; for a pruned object the pattern that claims it.',
  }),
  secretFields,
  secretFieldsBefore: secretFields,
};

export const plannedChangeSchema: z.ZodType<PlannedChange> = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('create'),
      ...changeOfAnyAction,
      before: z.null(),
      after: fields.meta({ description: 'What is sent.' }),
    }),
    z.strictObject({
      action: z.literal('update'),
      ...changeOfAnyAction,
      id: idSchema.exactOptional(),
      before: fields.nullable().meta({
        description:
          'The key and the fields that the file manages, as they are live; null where the plan creates it.',
      }),
      after: fields.meta({ description: 'The same as the file wants them.' }),
    }),
    z.strictObject({
      action: z.literal('delete'),
      ...changeOfAnyAction,
      id: idSchema,
      before: fields.meta({ description: 'What identifies it and what it is.' }),
      after: z.null(),
      pruned: z.literal(true).exactOptional().meta({
        description: 'True where prune deletes it and nothing in the file asked for it.',
      }),
    }),
  ])
  .meta({ description: 'One change of one object.' });

export const unmanagedSchema = z
  .object({ kind: kindSchema, key: keySchema, id: idSchema })
  .catchall(fieldValue)
  .meta({
    description:
      'A live object that the file does not have and prune does not claim; of a person also name, role and last activity.',
  }) as unknown as z.ZodType<UnmanagedObject>;

export const managedSchema: z.ZodType<ManagedObject> = z
  .strictObject({ kind: kindSchema, key: keySchema, id: idSchema.exactOptional() })
  .meta({ description: 'An object that the files name, with its id where it is live.' });

export const secretsSchema = z.record(z.string(), z.string().nullable()).meta({
  description:
    'The first hex digits of a hash of each secret, enough to see that it is another one; null where it is too short for that.',
  examples: [{ HOOK_KEY: 'a3f1' }],
});

const warning: z.ZodType<PlanWarning> = z
  .strictObject({
    code: z.string().meta({
      description: 'The stable name of the warning.',
      examples: ['status-until-past'],
    }) as unknown as z.ZodType<WarningCode>,
    message: z.string().meta({ description: 'The warning in words.' }),
    source: sourceSchema.exactOptional().meta({ description: 'The place in the file that it is about.' }),
  })
  .meta({ description: 'Something to look at that does not stop the plan.' });

const refusal: z.ZodType<PlanRefusal> = z
  .strictObject({
    code: z.enum(REFUSAL_CODES).meta({ description: 'The guard that refuses.' }),
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
  examples: ['chaportctl 0.2.0'],
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
    witnesses: z
      .array(z.string())
      .exactOptional()
      .meta({
        description: 'The smallest ids among the live operators, by which the account is known again.',
        examples: [['59747c3ff77948220136b7b3']],
      }),
  })
  .meta({ description: 'The account.' });

export const configSchema = z
  .strictObject({
    files: z.array(z.string()).meta({
      description: 'Every file that was read, those that were named first; standard input is "-".',
      examples: [['chaport.yaml']],
    }),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'The SHA-256 of what they ask for, whatever its order and comments.' }),
  })
  .meta({ description: 'The configuration.' });

export const digestSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/)
  .meta({
    description:
      'sha256: and the hex SHA-256 over what will be done: format, account, changes without statuses, and secrets.',
    examples: [`sha256:${'0123456789abcdef'.repeat(4)}`],
  });

const dateSchema = z.iso.date();
const person = z.string().meta({ description: 'The e-mail address.', examples: ['anke@acme.example'] });

const shiftsSchema: z.ZodType<ShiftsDocument> = z
  .strictObject({
    from: dateSchema.meta({ description: 'The first whole day.', examples: ['2026-11-23'] }),
    to: dateSchema.meta({ description: 'The last whole day.', examples: ['2026-11-29'] }),
    timeZone: z.string().meta({ description: 'Whose days these are.', examples: ['Europe/Berlin'] }),
    shifts: z
      .array(
        z.strictObject({
          shift: z.string().meta({ description: 'The name of the shift.', examples: ['early'] }),
          who: person,
          from: timeSchema.meta({ description: 'When it begins, in UTC.' }),
          until: timeSchema.meta({ description: 'When it ends, in UTC.' }),
        }),
      )
      .meta({ description: 'Every shift that meets these days, one a shift, person and day.' }),
    gaps: z
      .array(
        z.strictObject({
          rule: z.string().meta({ description: 'The name of the rule.', examples: ['office hours'] }),
          from: timeSchema.meta({ description: 'When the gap begins, in UTC.' }),
          until: timeSchema.meta({ description: 'When it ends, in UTC.' }),
          online: count.meta({ description: 'How many people are on shift.' }),
          needed: count.meta({ description: 'How many the rule asks for.' }),
          source: sourceSchema.meta({ description: 'The rule.' }),
        }),
      )
      .meta({ description: 'Where fewer people are on shift than a rule asks for.' }),
    off: z
      .array(
        z.strictObject({
          who: person,
          from: dateSchema.meta({ description: 'The first whole day.' }),
          to: dateSchema.meta({ description: 'The last whole day.' }),
          note: z
            .string()
            .exactOptional()
            .meta({ description: 'Why.', examples: ['vacation'] }),
        }),
      )
      .meta({ description: 'Who is away.' }),
  })
  .meta({ description: 'The rota of this week, for readers: no part of the digest.' });

/** What a sentence about the whole account must leave out. */
export const notLookedAtSchemas = {
  onlyTargets: z
    .array(z.string())
    .exactOptional()
    .meta({
      description: 'The targets beside which nothing was looked at.',
      examples: [['operator:jon.snow@acme.example']],
    }),
  sectionsNotRead: z.array(z.string()).exactOptional().meta({
    description: 'Sections that no file has, so that their objects were not looked at.',
  }),
};

/** The plan document, `formatVersion` "2". Unknown keys are errors. */
export const planSchema: z.ZodType<Plan> = z
  .strictObject({
    formatVersion: formatVersionSchema,
    tool: toolSchema,
    createdAt: timeSchema.meta({
      description: 'When the plan was made, in UTC.',
      examples: ['2026-11-22T10:00:00.000Z'],
    }),
    at: timeSchema.exactOptional().meta({
      description: 'It is planned as of this time, for a look; such a plan is not applied.',
      examples: ['2026-12-24T18:00:00.000Z'],
    }),
    account: accountSchema,
    config: configSchema,
    secrets: secretsSchema,
    managed: z.array(managedSchema).meta({ description: 'Every object that the files name.' }),
    digest: digestSchema,
    summary,
    prune: z
      .boolean()
      .exactOptional()
      .meta({ description: 'Given where --prune or --no-prune overrode the policy.' }),
    ...notLookedAtSchemas,
    shifts: shiftsSchema.exactOptional(),
    changes: z.array(plannedChangeSchema).meta({ description: 'The changes in the order of execution.' }),
    unmanaged: z.array(unmanagedSchema).meta({
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
