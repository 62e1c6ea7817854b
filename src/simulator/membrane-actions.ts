import type { RefusalReason } from './account-rules.ts';

/** A call of the account's API. */
export interface AppCall {
  method: string;
  path: string;
  /** JSON text; empty where it has none. */
  body: string;
}

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const id = { ...text, description: 'The id of the object' };
const person = { email: text, name: text, language: text, jobTitle: text, role: text, image: text };
const hook = { event: text, targetUrl: text, essential: { type: 'boolean' } };
const status = { status: text, ttl: { type: 'integer' }, validUntil: { ...text, format: 'date-time' } };

/** A ready-made action of the Chaport connector: which call it makes, and what it takes. */
interface Action {
  key: string;
  name: string;
  method: string;
  /** `*` stands for the id that the input names. */
  path: string;
  properties: Schema;
  required: readonly string[];
}

/** The actions that touch operators and webhooks. How their input looks is not public: it follows the API. */
const ACTIONS: readonly Action[] = [
  action('list-operators', 'GET', '/operators', {}, []),
  action('get-operator', 'GET', '/operators/*', { id }, ['id']),
  action('create-operator', 'POST', '/operators', person, ['email', 'name']),
  action('update-operator', 'PUT', '/operators/*', { id, ...person }, ['id']),
  action('update-operator-status', 'POST', '/operators/*/status', { id, ...status }, ['id', 'status']),
  action('delete-operator', 'DELETE', '/operators/*', { id }, ['id']),
  action('list-webhooks', 'GET', '/events/subscriptions', {}, []),
  action('get-webhook', 'GET', '/events/subscriptions/*', { id }, ['id']),
  action('create-webhook', 'POST', '/events/subscriptions', hook, ['event', 'targetUrl']),
  action('update-webhook', 'PUT', '/events/subscriptions/*', { id, ...hook }, ['id']),
];

function action(
  key: string,
  method: string,
  path: string,
  properties: Schema,
  required: readonly string[],
): Action {
  const words = key.replaceAll('-', ' ');
  return { key, name: words.charAt(0).toUpperCase() + words.slice(1), method, path, properties, required };
}

const idOf = (key: string) => `simulated-${key}`;

/** What `GET /actions` tells of them. `intent` is any words that may stand in their names. */
export function describeActions(connectionId: string, intent: string, limit: number): object[] {
  const words = intent.toLowerCase().split(/\W+/).filter(Boolean);
  const score = ({ key }: Action) => words.filter((word) => key.includes(word)).length;
  return ACTIONS.toSorted((one, other) => score(other) - score(one))
    .slice(0, limit)
    .map(({ key, name, properties, required }) => ({
      id: idOf(key),
      key,
      name,
      connectionId,
      inputSchema: { type: 'object', properties, required, additionalProperties: false },
    }));
}

/** The call that an action makes, by id or key; `reason` says why it makes none. */
export function callOfAction(
  idOrKey: string,
  input: unknown,
): AppCall | { reason: Extract<RefusalReason, 'not-found' | 'invalid'>; message: string } {
  const found = ACTIONS.find(({ key }) => key === idOrKey || idOf(key) === idOrKey);
  if (!found) return { reason: 'not-found', message: `Action "${idOrKey}" not found` };
  const { method, path, required } = found;
  const given = typeof input === 'object' && input !== null ? new Map(Object.entries(input)) : new Map();
  const missing = required.filter((name) => given.get(name) === undefined);
  if (missing.length > 0) {
    return { reason: 'invalid', message: `Input is not valid: ${missing.join(', ')} is required` };
  }
  const target = path.replace('*', encodeURIComponent(String(given.get('id'))));
  if (path.includes('*')) given.delete('id');
  const hasBody = method === 'POST' || method === 'PUT';
  return { method, path: target, body: hasBody ? JSON.stringify(Object.fromEntries(given)) : '' };
}
