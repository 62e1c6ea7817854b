import * as z from 'zod';
import {
  email,
  essential,
  event,
  filledText,
  map,
  oneOf,
  operatorFields,
  status,
  webhookUrl,
} from './written-fields.ts';

const state = oneOf(['present', 'absent']);

export const WrittenOperator = map({
  email: email.meta({
    title: 'E-mail address',
    description: 'The login, and what identifies the operator. Upper and lower case do not matter.',
    examples: ['jon.snow@acme.example'],
  }),
  movedFrom: email
    .meta({
      title: 'Previous e-mail address',
      description: 'The address this same person had: the operator is updated, not deleted and invited anew.',
      examples: ['jon@acme.example'],
    })
    .optional(),
  state: state
    .meta({
      title: 'State',
      description: '`absent` deletes the operator, whatever `policy.prune` says. That cannot be undone.',
      examples: ['present', 'absent'],
      default: 'present',
    })
    .optional(),
  name: filledText
    .meta({
      title: 'Name',
      description: 'Shown to visitors. Needed to create an operator, not to manage one.',
      examples: ['Jon Snow'],
    })
    .optional(),
  jobTitle: operatorFields.jobTitle.optional(),
  role: operatorFields.role.optional(),
  language: operatorFields.language.optional(),
  image: operatorFields.image.optional(),
  status: status.optional(),
}).meta({
  title: 'Operator',
  description: 'One person. A field that is left out is not managed: its live value stays.',
  examples: [{ email: 'jon.snow@acme.example', name: 'Jon Snow', role: 'admin', status: 'online' }],
});

export const WrittenWebhook = map({
  url: webhookUrl.meta({
    title: 'URL',
    description:
      'Where the events are sent. Put a key in it as ${secret:NAME}. URLs that differ only in host case, default port or an empty path are the same.',
    examples: ['https://hooks.acme.example/chaport?key=${secret:HOOK_KEY}'],
  }),
  movedFrom: webhookUrl
    .meta({
      title: 'Previous URL',
      description: 'The URL these subscriptions had: they are pointed at the new one in place.',
      examples: ['https://old.acme.example/chaport'],
    })
    .optional(),
  events: z
    .array(event, { error: 'a list of event names such as [chat.started]' })
    .min(1, { error: 'a list with at least one event, such as [chat.started]' })
    .meta({
      title: 'Events',
      description: 'What is sent to the URL: one subscription for each event.',
      examples: [['chat.started', 'chat.finished']],
    }),
  essential: essential.optional(),
  state: state
    .meta({
      title: 'State',
      description: '`absent` deletes these subscriptions, whatever `policy.prune` says.',
      examples: ['present', 'absent'],
      default: 'present',
    })
    .optional(),
}).meta({
  title: 'Webhook',
  description: 'The events that are sent to one URL.',
  examples: [{ url: 'https://hooks.acme.example/chaport', events: ['chat.started'] }],
});

export type WrittenOperator = z.infer<typeof WrittenOperator>;
export type WrittenWebhook = z.infer<typeof WrittenWebhook>;
export type WrittenStatus = Exclude<WrittenOperator['status'], string | undefined>;
