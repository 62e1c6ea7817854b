import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/chaport/calls/pacer.ts';
import { createClient } from '../../src/chaport/create-client.ts';
import { FACTS, type FactId } from '../../src/chaport/facts/index.ts';
import { type DoctorOptions, doctor, type Evidence } from '../../src/index.ts';
import { evidenceSchema } from '../../src/model/evidence-schema.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import {
  DEFAULT_SEED,
  DIALECT_NAMES,
  DIALECTS,
  type DialectName,
  type RequestRecord,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/index.ts';

/** With a field that is empty. */
const SOMEBODY = 'samwell@acme.example';

/** Time that passes only while somebody sleeps: statuses, lag and late effects go by it as well. */
class Time implements Clock {
  at = Date.parse('2026-11-24T10:00:00Z');
  now = () => this.at;
  elapsed = () => this.at;
  sleep = async (milliseconds: number, signal?: AbortSignal) => {
    if (!signal?.aborted) this.at += milliseconds;
  };
}

async function rehearse(options: SimulatorOptions & { time?: Time } = {}) {
  const time = options.time ?? new Time();
  const simulator = await startSimulator({
    now: () => new Date(time.at),
    milliseconds: time.elapsed,
    ...options,
  });
  onTestFinished(() => simulator.close());
  const before = JSON.stringify(simulator.snapshot());
  const client = createClient({
    via: { kind: 'direct', baseUrl: simulator.url, token: simulator.token },
    timeoutSeconds: 10,
    maxRetries: 1,
    secrets: new SecretBook(),
    proxyEnv: {},
    connections: 1,
    random: () => 0,
    clock: time,
  });
  const account = { ...client, baseUrl: simulator.url, concurrency: 1 };
  onTestFinished(() => account.close());
  const examine = (more: DoctorOptions = {}) => doctor(account, { clock: time, ...more });
  const writing = (more: Partial<NonNullable<DoctorOptions['writeProbes']>> = {}, rest: DoctorOptions = {}) =>
    examine({ ...rest, writeProbes: { confirm: async () => {}, ...more } });
  return { simulator, time, before, examine, writing };
}

function differing({ facts }: Evidence): Record<string, string | undefined> {
  return Object.fromEntries(
    facts.flatMap(({ id, verdict, reading }) => (verdict === 'differs' ? [[id, reading]] : [])),
  );
}

/** What of a dialect calls of these kinds can show. */
function visible(name: DialectName, checks: readonly string[]): Record<string, string> {
  const facts: Partial<Record<FactId, string>> = DIALECTS[name].facts;
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([id]) => checks.includes(FACTS[id as FactId].check) || SHOWN_BY_MORE.has(id),
    ),
  );
}

/** A subscription is read after it was created, too. */
const SHOWN_BY_MORE = new Set<string>();

/** No allowed call shows them by themselves: a wrong body or token is never sent, and a status is set to what it is. */
const INVISIBLE: readonly DialectName[] = ['bad-input-422', 'status-stays', 'status-lapses'];

function forbiddenCalls(
  { account }: Simulator,
  seeded: ReadonlySet<string>,
  person?: string,
): RequestRecord[] {
  return account.requests.filter(({ method, path, body, call }) => {
    if (method === 'GET') return false;
    const { event, targetUrl } = (body ?? {}) as { event?: string; targetUrl?: string };
    const isToNobody = targetUrl === undefined || new URL(targetUrl).hostname === 'chaportctl-probe.invalid';
    if (call === 'POST events/subscriptions') return event !== 'chat.started' || !isToNobody;
    if (call === 'PUT events/subscriptions/*' || call === 'DELETE events/subscriptions/*') {
      return !isToNobody || seeded.has(path.split('/').at(-1) ?? '');
    }
    return !(call === 'PUT operators/*' && person !== undefined && path === `/operators/${person}`);
  });
}

function seededIds({ account }: Simulator): Set<string> {
  return new Set(account.webhooks.map(({ id }) => id));
}

describe('doctor, on every dialect', () => {
  test.each(DIALECT_NAMES)('%s: reading shows what it can, and writes nothing', async (name) => {
    const { simulator, before, examine } = await rehearse({ dialects: [name] });
    const { evidence, leftBehind, stopped } = await examine();
    expect(evidenceSchema.safeParse(evidence).error).toBeUndefined();
    expect(differing(evidence)).toEqual(visible(name, ['reading']));
    expect({ leftBehind, stopped }).toEqual({ leftBehind: [], stopped: null });
    expect(simulator.account.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(JSON.stringify(simulator.snapshot())).toBe(before);
  });

  test.each(DIALECT_NAMES)('%s: the write probes show more, and leave all as it was', async (name) => {
    const { simulator, before, writing } = await rehearse({ dialects: [name] });
    const seeded = seededIds(simulator);
    const { evidence, leftBehind, leftOut, stopped } = await writing({ operator: SOMEBODY });
    const person = simulator.account.operatorByEmail(SOMEBODY)?.id;
    expect(forbiddenCalls(simulator, seeded, person)).toEqual([]);
    expect(JSON.stringify(simulator.snapshot())).toBe(before);
    expect({ leftBehind, leftOut, stopped }).toEqual({ leftBehind: [], leftOut: [], stopped: null });
    const expected = INVISIBLE.includes(name) ? {} : visible(name, ['reading', 'probes', 'person']);
    expect(differing(evidence)).toEqual(expected);
  });

  test('the account as it is known differs in nothing', async () => {
    const { evidence } = await (await rehearse()).writing({ operator: SOMEBODY });
    expect(differing(evidence)).toEqual({});
    const held = evidence.facts.filter(({ verdict }) => verdict === 'holds').length;
    expect(held).toBeGreaterThan(35);
  });
});

/** Which requests of a run that meets no fault are its probes, without those that only read at first. */
async function countRequests(options: SimulatorOptions = {}): Promise<{ first: number; last: number }> {
  const { simulator, writing } = await rehearse(options);
  await writing({ operator: SOMEBODY, status: true });
  const { requests } = simulator.account;
  return { first: requests.findIndex(({ method }) => method !== 'GET') + 1, last: requests.length };
}

/** What a status leaves behind in any case: it ends at some time, which nobody can take back. */
function withoutEnds(text: string): string {
  return text.replace(/,"statusUntil":"[^"]*","statusBefore":"[^"]*"/g, '');
}

describe('doctor, when something happens', () => {
  test('a stop at any request leaves the account as it was', async () => {
    const { first, last } = await countRequests();
    expect(last).toBeGreaterThan(first + 15);
    for (let at = first; at <= last; at += 1) {
      const stop = new AbortController();
      const { simulator, before, writing } = await rehearse({
        onRequest: (n) => {
          if (n === at) stop.abort('SIGINT');
        },
      });
      const { leftBehind, stopped } = await writing(
        { operator: SOMEBODY, status: true },
        { signals: { stop: stop.signal } },
      );
      expect({ at, leftBehind }).toEqual({ at, leftBehind: [] });
      if (at < first + 12) expect(stopped?.code, `stopped at request ${at}`).toBe('interrupted');
      expect(withoutEnds(JSON.stringify(simulator.snapshot())), `at request ${at}`).toBe(before);
    }
  });

  /** One of each sort: not acted, acted unseen, acted late, a lie, a refusal. */
  const KINDS = ['reset-before', 'reset-after', '500-late', 'says-done', 'truncated', '403', '404'] as const;
  const CALLS = ['GET', 'POST', 'PUT', 'DELETE'].map((method) =>
    method === 'POST' ? 'POST events/subscriptions' : `${method} events/subscriptions/*`,
  );

  test.each(KINDS)('%s, with any call: all as it was, or what is left is named', async (kind) => {
    for (const call of [...CALLS, 'GET events/subscriptions']) {
      for (const times of [1, 'forever'] as const) {
        // The question comes first: a list that fails before it ends the run without a write.
        const skip = call === 'GET events/subscriptions' || call === 'GET events/subscriptions/*' ? 1 : 0;
        const { simulator, before, writing } = await rehearse({ faults: [{ call, kind, times, skip }] });
        const examined = await writing();
        simulator.settle();
        const after = JSON.stringify(simulator.snapshot());
        const left = simulator.account.webhooks.filter(({ targetUrl }) => targetUrl.includes('probe'));
        const said = examined.leftBehind.join('\n');
        if (left.length === 0) expect(after).toBe(before);
        const isNamed = left.every(({ id, targetUrl }) => said.includes(id) || said.includes(targetUrl));
        expect(isNamed, `${call}=${kind}x${times}: ${JSON.stringify(left)}, said: ${said}`).toBe(true);
      }
    }
  });

  test('a server that dies for good: what may be left is named', async () => {
    const { first } = await countRequests();
    for (const stopAfter of [first, first + 2, first + 4, first + 9]) {
      const { simulator, writing } = await rehearse({ stopAfter });
      const { leftBehind, stopped } = await writing();
      const left = simulator.account.webhooks.filter(({ targetUrl }) => targetUrl.includes('probe'));
      expect(left.length, `after ${stopAfter} requests`).toBeGreaterThan(0);
      expect(leftBehind.length, `after ${stopAfter} requests`).toBeGreaterThan(0);
      expect(stopped).not.toBeNull();
    }
  });

  test('lists that lag, and ids that lag with them, are waited for', async () => {
    for (const lagById of [false, true]) {
      const { simulator, before, writing } = await rehearse({ lagMs: 1500, lagById });
      const { evidence, leftBehind } = await writing();
      expect(leftBehind).toEqual([]);
      expect(differing(evidence)['list-now']).toBe('late');
      expect(JSON.stringify(simulator.snapshot())).toBe(before);
    }
  });

  test('probes of earlier runs are named in the question, and removed', async () => {
    const url = 'https://chaportctl-probe.invalid/~00112233445566ff';
    const earlier = { id: 'a'.repeat(24), event: 'chat.started', targetUrl: url };
    const seed = { ...DEFAULT_SEED, webhooks: [...(DEFAULT_SEED.webhooks ?? []), earlier] };
    const { simulator, writing } = await rehearse({ seed });
    const refusing = writing({
      confirm: async (proposed) => {
        expect(proposed.earlier).toEqual([{ id: earlier.id, url }]);
        throw new Error('no');
      },
    });
    await expect(refusing).rejects.toThrow('no');
    expect(simulator.account.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect((await writing()).leftBehind).toEqual([]);
    expect(simulator.account.webhooks.map(({ id }) => id)).not.toContain(earlier.id);
    expect(simulator.account.webhooks.length).toBe(3);
  });
});

describe('doctor, on a person', () => {
  test('is left out where an update could clear or respell what they have', async () => {
    const unknown = { email: 'jon@acme.example', name: 'Jon', secretField: 'x' };
    const capital = { email: 'Jon@acme.example', name: 'Jon' };
    const lies = { email: 'jon@acme.example', name: 'Jon' };
    for (const [entry, dialects, lagById] of [
      [unknown, ['put-replaces'], false],
      [capital, ['email-lower-case'], false],
      [lies, [], true],
    ] as const) {
      const owner = { email: 'owner@acme.example', name: 'Olenna', role: 'admin' };
      const seed = { operators: [owner, entry] };
      const { simulator, before, writing } = await rehearse({
        seed,
        dialects,
        ...(lagById ? { lagMs: 60_000 } : {}),
      });
      const operators = () => simulator.account.requests.filter(({ call }) => call === 'PUT operators/*');
      // Somebody else renames them: the list lags, the reading by id does not.
      if (lagById) simulator.edit((editor) => editor.changeOperator('jon@acme.example', { name: 'John' }));
      const changed = lagById ? JSON.stringify(simulator.snapshot()) : before;
      const { leftOut } = await writing({ operator: 'jon@acme.example' });
      expect(leftOut.length).toBe(1);
      expect(operators()).toEqual([]);
      expect(JSON.stringify(simulator.snapshot())).toBe(changed);
    }
  });

  test('an unknown field that PUT keeps stays, and is never sent', async () => {
    const owner = { email: 'owner@acme.example', name: 'Olenna', role: 'admin', quota: { chats: 3 } };
    const { simulator, before, writing } = await rehearse({ seed: { operators: [owner] } });
    const { evidence } = await writing({ operator: 'owner@acme.example' });
    expect(differing(evidence)).toEqual({ 'operator-fields': 'more' });
    expect(JSON.stringify(simulator.snapshot())).toBe(before);
    const [put] = simulator.account.requests.filter(({ call }) => call === 'PUT operators/*');
    expect(Object.keys(put?.body ?? {})).not.toContain('quota');
  });

  test('nobody of that address: an error before anything is written', async () => {
    const { simulator, writing } = await rehearse();
    await expect(writing({ operator: 'nobody@acme.example' })).rejects.toMatchObject({
      code: 'unknown-operator',
    });
    expect(simulator.account.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test.each([
    ['status-lapses', { 'status-after': 'lapses' }],
    ['status-stays', {}],
  ] as const)('a status for a minute, %s: afterwards the word is as before', async (name, expected) => {
    const { simulator, before, writing, time } = await rehearse({ dialects: [name] });
    const started = time.at;
    const { evidence, leftBehind } = await writing({ operator: SOMEBODY, status: true });
    expect(time.at - started).toBeGreaterThan(60_000);
    expect({ differing: differing(evidence), leftBehind }).toEqual({ differing: expected, leftBehind: [] });
    expect(withoutEnds(JSON.stringify(simulator.snapshot()))).toBe(before);
    const set = simulator.account.requests.filter(({ call }) => call === 'POST operators/*/status');
    expect(set.map(({ body }) => body)).toEqual([
      { status: 'away', ttl: 60 },
      { status: 'away', ttl: 28_800 },
    ]);
  });
});

describe('evidence', () => {
  /** With characters that every encoding writes in its own way. */
  const MARK = 'm4rk/"ü&';
  const marked = (name: string) => `${MARK}-${name}`;

  test.each(DIALECT_NAMES)('%s: holds no value of the account, in no encoding', async (name) => {
    const operators = ['one', 'two', 'three'].map((who, index) => ({
      id: `${'m4rk'.repeat(5)}000${index}`,
      email: `m4rk.${who}@m4rk.example`,
      name: marked('name'),
      language: marked('language'),
      jobTitle: marked('title'),
      role: index === 0 ? 'admin' : marked('role'),
      image: marked('image'),
      lastStatus: marked('status'),
      lastLoginAt: marked('login'),
      lastActivityAt: marked('activity'),
      [marked('key')]: { [marked('inner')]: marked('value') },
    }));
    const webhooks = ['one', 'two', 'three'].map((who) => ({
      event: `m4rk.${who}`,
      targetUrl: `https://user:m4rk@m4rk.example/${who}?key=m4rk`,
      [marked('key')]: marked('value'),
    }));
    const { examine, writing } = await rehearse({
      dialects: [name],
      seed: { operators, webhooks },
      token: 'm4rk-token',
    });
    for (const { evidence } of [await examine(), await writing({ operator: 'm4rk.one@m4rk.example' })]) {
      const text = JSON.stringify(evidence);
      for (const spelling of [MARK, encodeURIComponent(MARK), 'm4rk', 'm4', '127.0.0.1', '4rk']) {
        expect(text).not.toContain(spelling);
        expect(text).not.toContain(Buffer.from(spelling).toString('hex'));
      }
      for (const shift of ['', 'x', 'xx']) {
        const encoded = Buffer.from(`${shift}m4rk`)
          .toString('base64')
          .slice(shift.length === 0 ? 0 : 4, -3);
        if (encoded.length > 3) expect(text).not.toContain(encoded);
      }
    }
  });

  test('is of this account, and of no other', async () => {
    const { examine } = await rehearse();
    const { evidence } = await examine();
    const other = (await (await rehearse()).examine()).evidence;
    expect(evidence.account).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(other.account).not.toBe(evidence.account);
    expect((await examine()).evidence.account).toBe(evidence.account);
  });

  test('an answer that contradicts is a difference that is not tolerated', async () => {
    const { examine } = await rehearse({ faults: [{ call: 'GET me.json', kind: '404', times: 'forever' }] });
    const { evidence } = await examine();
    expect(evidence.facts.find(({ id }) => id === 'token-check')).toMatchObject({
      verdict: 'differs',
      tolerated: false,
    });
    const refusing = await rehearse({
      faults: [{ call: 'POST events/subscriptions', kind: '403', times: 'forever' }],
    });
    const { evidence: refused } = await refusing.writing();
    expect(differing(refused)).toEqual({ 'subscription-create': 'refused' });
  });

  test('nobody there, or a token that is wrong, is an error', async () => {
    const { examine } = await rehearse({ faults: [{ call: '*', kind: '500', times: 'forever' }] });
    await expect(examine()).rejects.toMatchObject({ code: 'unavailable' });
    const other = await rehearse({ faults: [{ call: '*', kind: '401', times: 'forever' }] });
    await expect(other.examine()).rejects.toMatchObject({ code: 'unauthorised' });
  });
});
