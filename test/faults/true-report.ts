import type { Fields } from '../../src/model/json.ts';
import type { Plan, PlannedChange } from '../../src/model/plan.ts';
import type { ApplyReport } from '../../src/model/report.ts';
import type { SimulatedAccount } from '../../src/simulator/index.ts';
import { HOOK_KEY } from './scenario.ts';

/**
 * Where a report says what the account does not show, one line each. `applied` must be there,
 * `failed` must not, nor `skipped` but for what the report itself says is there already.
 */
export function untruths(plan: Plan, report: ApplyReport, account: SimulatedAccount): string[] {
  return report.changes.flatMap((result, index) => {
    const change = plan.changes[index];
    if (!change) return [`the report has a change that the plan has not: ${result.kind} ${result.key}`];
    const isThere = shows(account, change);
    const saysThere =
      result.outcome === 'applied' ||
      (result.outcome === 'skipped' && /already|removed again/.test(result.error ?? ''));
    const line = `${change.action} ${change.kind} ${change.key} is reported ${result.outcome} (${result.error ?? ''}), and the account ${isThere ? 'has' : 'lacks'} it`;
    const lies = [];
    if (result.outcome !== 'unknown' && saysThere !== isThere) lies.push(line);
    if (result.outcome === 'skipped' && result.attempts > 0 && !saysThere)
      lies.push(`${line}, after ${result.attempts} attempts`);
    if (result.outcome === 'failed' && result.attempts === 0) lies.push(`${line}, after no attempt`);
    if ((result.error === undefined) !== (result.outcome === 'applied')) lies.push(`${line}: error`);
    return lies;
  });
}

/** Whether the account shows what the change wants. */
export function shows(account: SimulatedAccount, change: PlannedChange): boolean {
  const { kind, action, id, key } = change;
  const after = revealed(change.after ?? {});
  if (kind === 'webhook') {
    if (action === 'create') {
      return account.webhooks.some((one) => one.event === after.event && one.targetUrl === after.targetUrl);
    }
    return asWanted(
      change,
      after,
      account.webhooks.find((one) => one.id === id),
    );
  }
  const byId = account.operators.find((one) => one.id === id);
  if (action === 'create') return account.operatorByEmail(key) !== undefined;
  if (kind === 'status') {
    const operator = id === undefined ? account.operatorByEmail(key) : byId;
    return operator?.lastStatus === after.status;
  }
  return asWanted(change, after, byId);
}

function asWanted(change: PlannedChange, after: Fields, found: object | undefined): boolean {
  if (change.action === 'delete') return found === undefined;
  if (!found) return false;
  const have = new Map<string, unknown>(Object.entries(found));
  return change.fields.every(({ path }) => (have.get(path) || null) === (after[path] || null));
}

function revealed(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace('${secret:HOOK_KEY}', HOOK_KEY) : value,
    ]),
  );
}

/** Who was invited more than once, and what is subscribed to twice. */
export function doubledIn(account: SimulatedAccount): { invitations: string[]; subscriptions: string[] } {
  return {
    invitations: repeated(account.invitations.map(({ email }) => email.toLowerCase())),
    subscriptions: repeated(account.webhooks.map(({ event, targetUrl }) => `${event} ${targetUrl}`)),
  };
}

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
