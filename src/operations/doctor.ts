import { type Clock, SYSTEM_CLOCK } from '../chaport/calls/pacer.ts';
import type { CallSignals } from '../chaport/client.ts';
import { Findings } from '../chaport/doctor/findings.ts';
import {
  type Aftermath,
  findPerson,
  type Person,
  probePerson,
  reasonToLeaveOut,
} from '../chaport/doctor/person-probe.ts';
import { type ProbeRun, throwIfStopped } from '../chaport/doctor/probe-run.ts';
import { isProbe, newProbeUrl } from '../chaport/doctor/probe-url.ts';
import { type AccountView, readFacts, readPerson } from '../chaport/doctor/read-facts.ts';
import { removeProbes } from '../chaport/doctor/remove-probes.ts';
import { probeStatus, statusWordOf } from '../chaport/doctor/status-probe.ts';
import { probeSubscription, type SubscriptionProbe } from '../chaport/doctor/subscription-probes.ts';
import { ChaportError } from '../chaport/errors.ts';
import { UserError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Account } from './connect.ts';
import { DEFAULTS } from './defaults.ts';
import { makeEvidence } from './evidence.ts';

/** What the write probes are going to do, for the question. */
export interface ProposedProbes {
  baseUrl: string;
  url: string;
  /** Probes of earlier runs, which are removed as well. */
  earlier: readonly { id: string; url: string }[];
  person: { email: string; id: string } | null;
  /** The status word that is set for a minute; `null`: none. */
  statusWord: string | null;
}

export interface WriteProbes {
  /** The e-mail address of an operator who may be sent as they are. */
  operator?: string | undefined;
  /** Sets their status for a minute as well. */
  status?: boolean | undefined;
  /** Asked before anything is written; throws where the answer is no. */
  confirm(proposed: ProposedProbes): Promise<void>;
}

export interface DoctorOptions {
  /** Default: nothing is written. */
  writeProbes?: WriteProbes | undefined;
  signals?: CallSignals | undefined;
  settleSeconds?: number | undefined;
  clock?: Clock | undefined;
  /** Told of what takes a while. */
  tell?: ((text: string) => void) | undefined;
  record?: ProbeRecord | undefined;
}

/** What may be there while the probes run, for whoever must end at once. */
export interface ProbeRecord {
  probe: SubscriptionProbe | null;
}

/** What came of it. */
export interface Examination {
  evidence: Evidence;
  /** What is not as it was, each with its id: for the person at the terminal, not for the public. */
  leftBehind: readonly string[];
  /** What was not tried, and why. */
  leftOut: readonly string[];
  /** Why it ended early. */
  stopped: ChaportError | null;
}

/**
 * Says of every fact whether it holds on this account. Reads only, unless write probes are asked for; those
 * leave the account as it was, or say what they could not remove.
 * @throws {ChaportError} where nobody answers, and nothing was written.
 */
export async function doctor(account: Account, options: DoctorOptions = {}): Promise<Examination> {
  const { signals = {}, clock = SYSTEM_CLOCK, settleSeconds = DEFAULTS.settleSeconds, writeProbes } = options;
  const { observer } = account;
  const findings = new Findings();
  const view = await readFacts({ observer, findings, signals });
  const run: ProbeRun = { observer, findings, signals, clock, settleMs: settleSeconds * 1000 };
  const examined = writeProbes ? await writeAll(run, view, writeProbes, options) : NOTHING_WRITTEN;
  const evidence = makeEvidence(findings, { baseUrl: observer.baseUrl, ids: idsOf(view), now: clock.now() });
  return { evidence, ...examined };
}

type Written = Omit<Examination, 'evidence'>;

const NOTHING_WRITTEN: Written = { leftBehind: [], leftOut: [], stopped: null };

async function writeAll(
  run: ProbeRun,
  view: AccountView,
  probes: WriteProbes,
  { tell, record }: DoctorOptions,
): Promise<Written> {
  const { subscriptions } = view;
  if (subscriptions === null) {
    return { ...NOTHING_WRITTEN, leftOut: ['the write probes, since the subscriptions cannot be read'] };
  }
  const person = personFor(probes, view);
  const earlier = subscriptions.entries.filter(isProbe).flatMap(({ id, targetUrl }) => {
    return typeof id === 'string' ? { id, url: String(targetUrl) } : [];
  });
  const probe: SubscriptionProbe = {
    url: newProbeUrl(),
    ids: new Set(),
    deleted: new Set(),
    hasBegun: false,
    isUnsettled: false,
  };
  await probes.confirm({
    baseUrl: run.observer.baseUrl,
    url: probe.url,
    earlier,
    person,
    statusWord: person && probes.status ? statusWordOf(person.listed) : null,
  });
  throwIfStopped(run.signals);
  if (record) record.probe = probe;
  const written = {
    leftBehind: [] as string[],
    leftOut: [] as string[],
    stopped: null as ChaportError | null,
  };
  try {
    try {
      await probeSubscription(run, probe);
    } finally {
      for (const { id } of earlier) probe.ids.add(id);
      written.leftBehind.push(...namesOf(await removeAll(run, probe), probe));
    }
    if (person) await probeOne(run, person, { status: probes.status ?? false, written, tell });
  } catch (error) {
    if (!(error instanceof ChaportError)) throw error;
    written.stopped = error;
  }
  return written;
}

async function removeAll(run: ProbeRun, probe: SubscriptionProbe) {
  const isClean = !probe.hasBegun && probe.ids.size === 0;
  return isClean ? { ids: [], isUnsure: false } : removeProbes(run, probe);
}

function namesOf(left: { ids: string[]; isUnsure: boolean }, probe: SubscriptionProbe): string[] {
  const named = left.ids.map((id) => `the subscription ${id} (a probe of chaportctl)`);
  if (!left.isUnsure && !probe.isUnsettled) return named;
  if (!left.isUnsure && left.ids.length === 0) return [];
  return [...named, `whatever subscription there is to ${probe.url}`];
}

function personFor({ operator }: WriteProbes, { operators }: AccountView): Person | null {
  if (operator === undefined) return null;
  const person = findPerson(operators, operator);
  if (person) return person;
  throw new UserError('unknown-operator', `no operator of the account has the address ${operator}`, {
    hint: 'name one whom `chaportctl export` shows, such as yourself',
  });
}

async function probeOne(
  run: ProbeRun,
  person: Person,
  {
    status,
    written,
    tell,
  }: {
    status: boolean;
    written: { leftBehind: string[]; leftOut: string[] };
    tell: DoctorOptions['tell'];
  },
): Promise<void> {
  const before = await readPerson(run, person.id);
  const reason = reasonToLeaveOut(run, person, before);
  if (reason !== null || before === null) {
    written.leftOut.push(`${person.email}: ${reason}`);
    return;
  }
  const name = `the operator ${person.id}`;
  const isAsItWas = ({ changed, stopped }: Aftermath) => {
    if (changed === 'unknown') written.leftBehind.push(`${name}, who may not be as before: look at them`);
    else if (changed.length > 0)
      written.leftBehind.push(`${name}, whose ${changed.join(', ')} is not as before`);
    if (stopped) throw stopped;
    return changed.length === 0;
  };
  if (!isAsItWas(await probePerson(run, person, before)) || !status) return;
  const word = statusWordOf(before);
  if (word === null) {
    written.leftOut.push(`the status of ${person.email}: there is no word that could be set again`);
    return;
  }
  tell?.(`Setting the status ${word} for a minute, and looking what is left of it.`);
  isAsItWas(await probeStatus(run, person, before, word));
}

function idsOf({ operators }: AccountView): string[] {
  return operators?.entries.map(({ id }) => String(id)) ?? [];
}
