import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/chaport/calls/pacer.ts';
import { FACTS, type FactId } from '../../src/chaport/facts/index.ts';
import { connect, type DoctorOptions, doctor, type Evidence } from '../../src/index.ts';
import { evidenceSchema } from '../../src/model/evidence-schema.ts';
import {
  DEFAULT_SEED,
  DIALECT_NAMES,
  DIALECTS,
  type DialectName,
  FAULT_KINDS,
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
  const account = connect({ token: simulator.token, baseUrl: simulator.url, maxRetries: 1 });
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
