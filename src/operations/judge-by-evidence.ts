import type { FactId } from '../chaport/facts/index.ts';
import { UserError } from '../model/errors.ts';
import type { Evidence, FactSeen } from '../model/evidence.ts';
import { evidenceSchema } from '../model/evidence-schema.ts';
import { kindNamed } from '../model/kinds/index.ts';
import type { KindName } from '../model/kinds/names.ts';
import { operatorKind } from '../model/kinds/operator.ts';
import { statusKind } from '../model/kinds/status.ts';
import { webhookKind } from '../model/kinds/webhook.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan, PlannedChange, PlanRefusal, PlanWarning } from '../model/plan.ts';
import { accountHash } from './evidence.ts';

/** What `doctor` saved. @param name how complaints name it. @throws {UserError} where it is none. */
export function parseEvidence(text: string, name = 'the text'): Evidence {
  const { data, error } = evidenceSchema.safeParse(jsonOf(text));
  if (data) return data;
  const [issue] = error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new UserError('not-evidence', `${name} is not evidence${place}: ${issue?.message ?? ''}`, {
    hint: '--evidence takes a file that `chaportctl doctor --out FILE` wrote',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A change that rests on a fact. */
interface Basis {
  fact: FactId;
  kind: KindName;
  action?: PlannedChange['action'];
  /** Left out: where the fact differs nobody knows what comes of the change. Else: it would do harm, and so. */
  harms?: (change: PlannedChange, plan: Plan) => boolean;
}

const [OPERATOR, STATUS, WEBHOOK] = [operatorKind.name, statusKind.name, webhookKind.name] as const;
const always = () => true;

const BASES: readonly Basis[] = [
  { fact: 'clearing', kind: OPERATOR, harms: clearsSomething },
  { fact: 'operator-unknown-fields', kind: OPERATOR, action: 'update', harms: always },
  { fact: 'subscription-unknown-fields', kind: WEBHOOK, action: 'update', harms: always },
  { fact: 'events-per-url', kind: WEBHOOK, harms: sharesItsUrl },
  { fact: 'put', kind: OPERATOR, action: 'update' },
  { fact: 'put', kind: WEBHOOK, action: 'update' },
  { fact: 'operator-writable', kind: OPERATOR, action: 'update' },
  { fact: 'operator-fields', kind: OPERATOR },
  { fact: 'email-unique', kind: OPERATOR },
  { fact: 'status-set', kind: STATUS },
  { fact: 'subscription-fields', kind: WEBHOOK },
  { fact: 'subscription-create', kind: WEBHOOK, action: 'create' },
  { fact: 'subscription-update', kind: WEBHOOK, action: 'update' },
  { fact: 'deletes', kind: WEBHOOK, action: 'delete' },
];

function clearsSomething({ kind, action, fields }: PlannedChange): boolean {
  const { clearable } = kindNamed(kind);
  return (
    action === 'update' &&
    fields.some(({ path, after }) => clearable.includes(path) && (after === null || after === ''))
  );
}

/** To an address that another event has already, or is to have. */
function sharesItsUrl({ kind, action, key, fields }: PlannedChange, { managed, unmanaged }: Plan): boolean {
  const isNewThere = action === 'create' || fields.some(({ path }) => path === 'targetUrl');
  if (action === 'delete' || !isNewThere) return false;
  return [...managed, ...unmanaged].some(
    (other) => other.kind === kind && other.key !== key && urlIn(other.key) === urlIn(key),
  );
}

function urlIn(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}

export interface Judgement {
  warnings: PlanWarning[];
  refusals: PlanRefusal[];
}

const DAY = 86_400_000;
const OLD = 30 * DAY;

/** What evidence of the account has to say of a plan. */
export function judgeByEvidence(plan: Plan, live: LiveState, evidence: Evidence, now: Date): Judgement {
  const ids = live[operatorKind.list]?.map(({ id }) => id) ?? [];
  if (evidence.account === null || evidence.account !== accountHash(plan.account.baseUrl, ids)) {
    const message = 'the evidence is of another account, or of this one by another way: it is not looked at';
    return { warnings: [{ code: 'evidence-of-another-account', message }], refusals: [] };
  }
  const differing = evidence.facts.filter(({ verdict, tolerated }) => verdict === 'differs' && !tolerated);
  const found = plan.changes.flatMap((change) => {
    const bases = BASES.filter(({ kind, action = change.action }) => {
      return kind === change.kind && action === change.action;
    });
    return bases.flatMap(({ fact, harms }) => {
      const seen = differing.find(({ id }) => id === fact);
      return seen && (harms?.(change, plan) ?? true) ? { change, seen, isHarm: harms !== undefined } : [];
    });
  });
  const days = Math.floor((now.getTime() - Date.parse(evidence.createdAt)) / DAY);
  const old: PlanWarning[] =
    days * DAY < OLD
      ? []
      : [{ code: 'evidence-old', message: `the evidence is ${days} days old: run doctor again` }];
  return {
    warnings: [...old, ...found.filter(({ isHarm }) => !isHarm).map(said)],
    refusals: found.filter(({ isHarm }) => isHarm).map((one) => ({ ...said(one), hint: HINT })),
  };
}

const HINT = 'take the change out of the files, or make it in the app';

function said({ change, seen }: { change: PlannedChange; seen: FactSeen }) {
  const { action, kind, key, source } = change;
  return {
    code: 'fact-differs' as const,
    message: `to ${action} ${kind} ${key} rests on a fact that differs on this account (${seen.id}): ${seen.seen}`,
    ...(source ? { source } : {}),
  };
}

/** The same plan with what the evidence has to say. */
export function withEvidence(plan: Plan, live: LiveState, evidence: Evidence, now: Date): Plan {
  const { warnings, refusals } = judgeByEvidence(plan, live, evidence, now);
  return {
    ...plan,
    warnings: [...plan.warnings, ...warnings],
    refusals: [...plan.refusals, ...refusals],
  };
}
