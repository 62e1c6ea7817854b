import type { CommandDefinition } from '../definition.ts';

export const SHIFTS_OPTIONS = {
  week: { type: 'string', requiresArg: true, describe: 'A week such as 2026-W48 [default: this one]' },
  from: { type: 'string', requiresArg: true, describe: 'The first day, such as 2026-11-23' },
  to: { type: 'string', requiresArg: true, describe: 'The last day' },
  who: {
    type: 'string',
    requiresArg: true,
    describe: "Only people whose e-mail matches this pattern, such as 'anke@*'",
  },
  zone: {
    type: 'string',
    requiresArg: true,
    describe: 'The time zone whose days and clocks are shown [default: that of the rota]',
  },
  format: {
    choices: ['text', 'json', 'html', 'svg', 'ics'] as const,
    default: 'text' as const,
    describe: 'How the rota is printed; ics is for calendars',
  },
  check: {
    type: 'boolean',
    default: false,
    describe: 'List where policy.coverage is not kept (four weeks from today), and exit with 4 if anywhere',
  },
  compare: {
    type: 'string',
    requiresArg: true,
    describe: 'Who gains and loses which shift against OTHER-FILE (four weeks from today); exit 2 if anybody',
  },
} as const;

export const shiftsCommand = {
  command: 'shifts',
  describe: 'Show the rota: who is on when, and where nobody is; no network',
  options: SHIFTS_OPTIONS,
  uses: ['files'],
  examples: [
    ['shifts', 'This week'],
    ['shifts --check', 'Look for gaps in the next four weeks'],
    ['shifts --format html > rota.html', 'A picture for a browser'],
    ["shifts --who 'anke@*' --format ics", 'For somebody’s calendar'],
    ['shifts --compare main.yaml', 'What a change of the rota means to whom'],
  ],
} as const satisfies CommandDefinition;
