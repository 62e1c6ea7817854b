import type { Fields } from '../../src/model/json.ts';
import type { LiveOperator } from '../../src/model/kinds/operator.ts';
import type { LiveWebhook } from '../../src/model/kinds/webhook.ts';
import type { Plan, PlannedChange } from '../../src/model/plan.ts';
import type { LiveLists } from '../support/builders.ts';

/**
 * A small model of the account, apart from the program's own way of applying: it takes a plan's
 * changes one by one in their order and refuses what the API would refuse.
 */
export function statesWhileApplying(plan: Plan, start: LiveLists): LiveLists[] {
  const states = [start];
  for (const change of plan.changes)
    states.push(afterChange(structuredClone(states.at(-1) ?? start), change));
  return states;
}

export function stateAfter(plan: Plan, start: LiveLists): LiveLists {
  return statesWhileApplying(plan, start).at(-1) ?? start;
}

function afterChange(state: LiveLists, change: PlannedChange): LiveLists {
  if (change.kind === 'webhook') return { ...state, webhooks: webhooksAfter(state.webhooks ?? [], change) };
  return { ...state, operators: operatorsAfter(state.operators ?? [], change) };
}

function operatorsAfter(operators: LiveOperator[], change: PlannedChange): LiveOperator[] {
  if (change.kind === 'status') return withStatus(operators, change);
  if (change.action === 'delete') return without(operators, change);
  const live = operators.find(({ id }) => id === change.id);
  // The executor sends what the file does not manage as it is.
  const { email, name, language, jobTitle, role, image } = textsOf({ ...fieldsOf(live), ...change.after });
  if (email === null) throw new Error('the API would refuse an operator without an address');
  const isTaken = operators.some(
    (other) => other.id !== change.id && other.email.toLowerCase() === email.toLowerCase(),
  );
  if (isTaken) throw new Error(`the API would answer 409: ${email} is there`);
  const fields = { email, name, language, jobTitle, role, image };
  if (change.action === 'update') return replaced(operators, change, fields);
  if (name === null) throw new Error(`the API would refuse ${email} without a name`);
  const created: LiveOperator = {
    id: `new-${email}`,
    ...fields,
    role: role ?? 'operator',
    lastStatus: null,
    realStatus: null,
    lastLoginAt: null,
    lastActivityAt: null,
  };
  return [...operators, created];
}

function withStatus(operators: LiveOperator[], change: PlannedChange): LiveOperator[] {
  const { email, status } = textsOf(change.after);
  const { ttl, validUntil } = change.after ?? {};
  if ((ttl === undefined) === (validUntil === undefined)) throw new Error('a status needs one lifetime');
  const id = change.id ?? operators.find((one) => one.email.toLowerCase() === email?.toLowerCase())?.id;
  return replaced(operators, { ...change, id }, { lastStatus: status });
}

function webhooksAfter(webhooks: LiveWebhook[], change: PlannedChange): LiveWebhook[] {
  if (change.action === 'delete') return without(webhooks, change);
  const live = webhooks.find(({ id }) => id === change.id);
  const { event, targetUrl, essential = live?.essential } = change.after ?? {};
  const fields = { event: String(event), targetUrl: String(targetUrl), essential: essential === true };
  if (change.action === 'update') return replaced(webhooks, change, fields);
  return [...webhooks, { id: `new-${event} ${targetUrl}`, ...fields }];
}

/** A change as far as it says which object it is about. */
type Concerned = Pick<PlannedChange, 'kind' | 'key'> & { id?: string | undefined };

function replaced<T extends { id: string }>(objects: T[], change: Concerned, fields: Partial<T>): T[] {
  mustHave(objects, change);
  return objects.map((object) => (object.id === change.id ? { ...object, ...fields } : object));
}

function without<T extends { id: string }>(objects: T[], change: Concerned): T[] {
  mustHave(objects, change);
  return objects.filter((object) => object.id !== change.id);
}

function mustHave(objects: { id: string }[], { id, kind, key }: Concerned): void {
  if (!objects.some((object) => object.id === id)) {
    throw new Error(`the API would answer 404: ${kind} ${key} has no ${id}`);
  }
}

function fieldsOf(operator: LiveOperator | undefined): Fields {
  return operator ? { ...operator } : {};
}

/** What is missing in a document is empty in the account. */
function textsOf(fields: Fields | null): Record<OperatorText, string | null> {
  const text = (field: string) => (typeof fields?.[field] === 'string' ? String(fields[field]) : null);
  return {
    email: text('email'),
    name: text('name'),
    language: text('language'),
    jobTitle: text('jobTitle'),
    role: text('role'),
    image: text('image'),
    status: text('status'),
  };
}

type OperatorText = 'email' | 'name' | 'language' | 'jobTitle' | 'role' | 'image' | 'status';
