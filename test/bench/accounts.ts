import type { Seed } from '../../src/simulator/index.ts';

/** An account and a file about it, made up of plain data: the same for us and for the peer. */
export interface Scenario {
  seed: Seed;
  config: Config;
}

interface Config {
  version: 1;
  account: { owner: string };
  operators: ConfigOperator[];
  webhooks: { url: string; events: string[] }[];
}

interface ConfigOperator {
  email: string;
  name: string;
  jobTitle: string;
  role: string;
  language: string;
  status?: string;
}

const OWNER = 'person0@acme.example';
const EVENTS = ['chat.started', 'chat.finished', 'chat.newEvent.visitorMessage'];

/** An account of so many operators, and a few webhooks, that is as its file says. */
export function settledAccount(operators: number, webhooks = 10): Scenario {
  const people = Array.from({ length: operators }, (_, index) => person(index));
  const urls = Array.from({ length: webhooks }, (_, index) => ({
    url: `https://hooks.acme.example/chaport/${index}`,
    events: [EVENTS[index % EVENTS.length] ?? ''],
  }));
  return {
    seed: {
      owner: OWNER,
      operators: people.map(({ status, ...fields }) => ({ ...fields, lastStatus: status ?? 'offline' })),
      webhooks: urls.flatMap(({ url, events }) =>
        events.map((event) => ({ event, targetUrl: url, essential: false })),
      ),
    },
    config: { version: 1, account: { owner: OWNER }, operators: people, webhooks: urls },
  };
}

/** The same with 20 changes: 12 operator updates, 4 statuses, 4 new webhooks. */
export function accountWithTwentyChanges(operators: number): Scenario {
  const { seed, config } = settledAccount(operators);
  const changed = config.operators.map((operator, index) => ({
    ...operator,
    ...(index >= 1 && index <= 12 ? { jobTitle: 'Support engineer' } : {}),
    ...(index >= 13 && index <= 16 ? { status: 'away' } : {}),
  }));
  const added = EVENTS.concat('chat.rated').map((event) => ({
    url: 'https://new.acme.example/chaport',
    events: [event],
  }));
  return { seed, config: { ...config, operators: changed, webhooks: [...config.webhooks, ...added] } };
}

/** Only the owner is there, and the file wants so many more. */
export function accountToFill(operators: number): Scenario {
  const { seed, config } = settledAccount(operators + 1);
  return {
    seed: { owner: OWNER, operators: seed.operators?.slice(0, 1) ?? [], webhooks: [] },
    config: { ...config, webhooks: [], operators: config.operators.map(({ status: _, ...rest }) => rest) },
  };
}

function person(index: number): ConfigOperator {
  return {
    email: `person${index}@acme.example`,
    name: `Person ${index} of the Team`,
    jobTitle: index % 3 === 0 ? 'Team lead, Customer service' : 'Customer service',
    role: index % 50 === 0 ? 'admin' : 'operator',
    language: index % 2 === 0 ? 'en' : 'de',
    ...(index % 2 === 0 || (index >= 13 && index <= 16) ? { status: 'online' } : {}),
  };
}

/** As people write it: block style, one key a line. */
export function asYaml({ account, operators, webhooks }: Config): string {
  const lines = ['version: 1', 'account:', `  owner: ${account.owner}`, 'operators:'];
  for (const operator of operators) {
    const [first, ...rest] = Object.entries(operator).map(([key, value]) => `${key}: ${quoted(value)}`);
    lines.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
  }
  lines.push(webhooks.length === 0 ? 'webhooks: []' : 'webhooks:');
  for (const { url, events } of webhooks) {
    lines.push(`  - url: ${url}`, `    events: [${events.join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return /[,:#]/.test(text) ? `"${text}"` : text;
}

/** The two answers that such an account gives, as the API writes them. */
export function answersOf({ seed }: Scenario): { operators: string; subscriptions: string } {
  const withId = <T extends object>(entry: T, index: number) => ({
    id: (0x59747c3ff77948n * 0x1000000000n + BigInt(index)).toString(16).padStart(24, '0').slice(-24),
    ...entry,
  });
  const times = { lastLoginAt: '2026-10-03T10:47:31.873Z', lastActivityAt: '2026-10-03T10:47:31.873Z' };
  const operators = (seed.operators ?? []).map((operator, index) =>
    withId({ ...operator, ...times, image: null, realStatus: operator.lastStatus }, index),
  );
  return {
    operators: JSON.stringify({ result: operators }),
    subscriptions: JSON.stringify({ result: (seed.webhooks ?? []).map(withId) }),
  };
}
