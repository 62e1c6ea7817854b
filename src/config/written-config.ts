import * as z from 'zod';
import { WrittenOperator, WrittenWebhook } from './written-entries.ts';
import { essential, listOf, map, operatorFields, statusShape } from './written-fields.ts';
import { WrittenAccount, WrittenPolicy } from './written-policy.ts';

export const WrittenDefaults = map({
  operator: map({
    language: operatorFields.language.optional(),
    role: operatorFields.role.optional(),
    jobTitle: operatorFields.jobTitle.optional(),
    image: operatorFields.image.optional(),
  })
    .meta({
      title: 'Operator defaults',
      description: 'Fields of every operator whose entry leaves them out. The owner takes no role from here.',
      examples: [{ language: 'en', role: 'operator' }],
    })
    .optional(),
  status: map(statusShape)
    .meta({
      title: 'Status defaults',
      description:
        'How long statuses hold, and their mode, where entries do not say. With a `value`, every operator without a status gets one.',
      examples: [{ ttl: '12h' }],
    })
    .optional(),
  webhook: map({ essential: essential.optional() })
    .meta({
      title: 'Webhook defaults',
      description: 'Fields of every webhook whose entry leaves them out.',
      examples: [{ essential: false }],
    })
    .optional(),
}).meta({
  title: 'Defaults',
  description: 'What fills in the fields that entries leave out.',
  examples: [{ operator: { language: 'en', role: 'operator' }, status: { ttl: '12h' } }],
});

const version = z.literal(1, { error: '1' }).meta({
  title: 'Version',
  description: 'The version of this file format. It must stand in one of the files.',
  examples: [1],
});

/** The keys of a file, each with its schema; lists of entries hold anything, since entries are read one by one. */
export const WrittenFile = map({
  version: version.optional(),
  account: WrittenAccount.optional(),
  policy: WrittenPolicy.optional(),
  defaults: WrittenDefaults.optional(),
  operators: listOf(z.unknown(), 'a list of operators').optional(),
  webhooks: listOf(z.unknown(), 'a list of webhooks').optional(),
});

/** A whole file, for its JSON Schema. */
export const WrittenConfig = map({
  ...WrittenFile.shape,
  operators: listOf(WrittenOperator, 'a list of operators')
    .meta({
      title: 'Operators',
      description: 'The people of the account. Left out: operators are not managed.',
      examples: [[{ email: 'jon.snow@acme.example', name: 'Jon Snow' }]],
    })
    .optional(),
  webhooks: listOf(WrittenWebhook, 'a list of webhooks')
    .meta({
      title: 'Webhooks',
      description: 'The webhook subscriptions. Left out: webhooks are not managed.',
      examples: [[{ url: 'https://hooks.acme.example/chaport', events: ['chat.started'] }]],
    })
    .optional(),
}).meta({
  title: 'chaportctl configuration',
  description:
    'The state in which a Chaport account is kept: operators, their statuses, webhook subscriptions.',
  examples: [{ version: 1, operators: [{ email: 'jon.snow@acme.example', status: 'online' }] }],
});

export type WrittenDefaults = z.infer<typeof WrittenDefaults>;
export type WrittenFile = z.infer<typeof WrittenFile>;
