import { ChaportError } from '../chaport/errors.ts';
import type { Fields } from '../model/json.ts';
import type { LiveObject, ResourceKind } from '../model/resource-kind.ts';
import {
  type Account,
  asChaportError,
  findByKey,
  notDone,
  readObjects,
  type Settlement,
} from './settlement.ts';

/** How often the account is looked at after a create that failed: one that was too slow may come about meanwhile. */
const LOOKS = { none: 1, maybe: 2, 'maybe-later': 3 };

const NOT_SENT_AGAIN = '; it may still come about, so it was not sent again';

/** What a look at the account shows; the error where it could not be read. */
type Sight = LiveObject | 'missing' | ChaportError;

/**
 * Creates an object without ever making it twice. A create whose answer was lost is sent again
 * only when the account, read twice, does not have the object. One that was too slow is not
 * sent again at all: the server may act on it at any time.
 */
export async function createOnce(kind: ResourceKind, fields: Fields, account: Account): Promise<Settlement> {
  const { writer, signals } = account;
  const look = () => lookFor(kind, fields, account);
  let attempts = 0;
  for (let sent = 1; ; sent += 1) {
    const answer = await writer.create(kind.name, fields, signals).catch(asChaportError);
    attempts += answer.attempts;
    if (!(answer instanceof ChaportError)) {
      const resent = sent > 1 ? { resent: true as const } : {};
      if (answer.id !== null) return { outcome: 'applied', attempts, id: answer.id, own: true, ...resent };
      return confirmedWithoutId({ kind, fields, attempts }, await look());
    }
    const mayBeOurs = answer.acted !== 'none' || sent > 1;
    if (!mayBeOurs && answer.code !== 'conflict') return notDone(answer);
    const doubt = { kind, fields, attempts, failure: answer, mayBeOurs };
    if (signals.stop?.aborted) return unsettled(doubt);
    const sight = await lookUntilSure(answer, look, account);
    const isPassing = answer.acted === 'maybe' && answer.code !== 'unexpected-answer';
    const maySendAgain = isPassing && sent <= writer.maxRetries;
    if (sight !== 'missing' || !maySendAgain || signals.stop?.aborted) return settleBySight(doubt, sight);
  }
}

/** Looks again after a pause, and more often where the server was slow; ends with the first sight of it. */
async function lookUntilSure(
  failure: ChaportError,
  look: () => Promise<Sight>,
  { writer, signals }: Account,
): Promise<Sight> {
  const looks = LOOKS[failure.acted];
  let sight = await look();
  for (let pause = 1; pause < looks && sight === 'missing'; pause += 1) {
    await writer.waitBeforeRetry(pause, signals);
    if (signals.stop?.aborted) break;
    sight = await look();
  }
  return sight;
}

async function lookFor(kind: ResourceKind, fields: Fields, account: Account): Promise<Sight> {
  try {
    return findByKey(await readObjects(account, kind), kind, fields) ?? 'missing';
  } catch (error) {
    return asChaportError(error);
  }
}

interface Sent {
  kind: ResourceKind;
  fields: Fields;
  attempts: number;
}

/** A create that was not confirmed. */
interface Doubt extends Sent {
  failure: ChaportError;
  /** Otherwise what is there was made by somebody else: the server said so. */
  mayBeOurs: boolean;
}

function settleBySight(doubt: Doubt, sight: Sight): Settlement {
  const { failure, attempts } = doubt;
  if (sight instanceof ChaportError) {
    return unsettled(doubt, `; reading the account to settle it failed too: ${sight.message}`);
  }
  if (sight !== 'missing') return whenThere(doubt, sight);
  if (failure.acted === 'maybe-later') return unsettled(doubt, NOT_SENT_AGAIN);
  return { outcome: 'failed', attempts, error: failure.message, settleBy: lastLook(doubt) };
}

function unsettled(doubt: Doubt, more = ''): Settlement {
  const error = doubt.failure.message + more;
  return { outcome: 'unknown', attempts: doubt.attempts, error, settleBy: lastLook(doubt) };
}

function lastLook(doubt: Doubt): NonNullable<Settlement['settleBy']> {
  return (objects) => {
    const found = findByKey(objects, doubt.kind, doubt.fields);
    if (found) return whenThere(doubt, found);
    const { attempts, failure } = doubt;
    const error = failure.message + (failure.acted === 'maybe-later' ? NOT_SENT_AGAIN : '');
    return { outcome: 'failed', attempts, error };
  };
}

function whenThere({ kind, attempts, mayBeOurs }: Doubt, { id }: LiveObject): Settlement {
  if (mayBeOurs) return { outcome: 'applied', attempts, id };
  const error = `the account has this ${kind.noun.one} already: it was created elsewhere since the plan was made`;
  return { outcome: 'skipped', attempts, id, alreadyThere: true, error };
}

/** It is believed, and looked for only to know its id; the last look may prove it wrong. */
function confirmedWithoutId({ kind, fields, attempts }: Sent, sight: Sight): Settlement {
  const applied: Settlement = { outcome: 'applied', attempts };
  if (sight !== 'missing' && !(sight instanceof ChaportError)) return { ...applied, id: sight.id };
  const settleBy: Settlement['settleBy'] = (objects) => {
    const found = findByKey(objects, kind, fields);
    if (found) return { ...applied, id: found.id };
    const error = 'the server confirmed it without an id, but the account does not have it';
    return { outcome: 'failed', attempts, error };
  };
  return { ...applied, settleBy };
}
