import type * as z from 'zod';
import type { SimulatedAccount } from './account.ts';
import type { AccountOperator, AccountWebhook } from './account-objects.ts';
import { AccountRefusal, found, type RefusalReason } from './account-rules.ts';
import {
  type Answer,
  type AnswerShapes,
  changedAnswer,
  createdAnswer,
  errorAnswer,
  listAnswer,
  type PageRequest,
  singleAnswer,
} from './answers.ts';
import { type ApiCall, callOf, methodsOf, partsOf } from './calls.ts';
import {
  newOperatorSchema,
  newWebhookSchema,
  operatorChangeSchema,
  statusSchema,
  webhookChangeSchema,
} from './input.ts';
import { shownOperator, shownWebhook } from './shown-objects.ts';

/** A call as the account's API sees it, whichever way it came. */
export interface ApiRequest extends PageRequest {
  method: string;
  /** The text of the body and its media type. */
  body: string;
  contentType: string;
}

/** What the lists show, which may be what the account was a moment ago. */
export interface ShownLists {
  readonly operators: readonly AccountOperator[];
  readonly webhooks: readonly AccountWebhook[];
}

/** What answers: the account, what readings show of it, and the shapes of its answers. */
export interface AccountFace {
  account: SimulatedAccount;
  lists: () => ShownLists;
  /** What is read by id. */
  objects: () => ShownLists;
  shapes: AnswerShapes;
}

const STATUS_OF: Record<Exclude<RefusalReason, 'invalid'>, number> = {
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
};

/** Does what the call asks of the account. Never throws for what a client can do wrong. */
export function handleApiRequest(face: AccountFace, request: ApiRequest): Answer {
  const { method, path } = request;
  const call = callOf(method, path);
  if (call === null) {
    const allowed = methodsOf(path);
    if (allowed.length === 0) return errorAnswer(404, `There is no ${path}`);
    return {
      ...errorAnswer(405, `${method} is not possible on ${path}`),
      headers: { allow: allowed.join(', ') },
    };
  }
  const parts = partsOf(path);
  const id = decoded(parts[parts[0] === 'operators' ? 1 : 2] ?? '');
  try {
    return answerTo(call, id, face, request);
  } catch (error) {
    if (error instanceof AccountRefusal) return refusal(error, call, id, face.shapes);
    throw error;
  }
}

/** `id` is empty where the call has none. An id that nobody has comes before a body that is wrong. */
function answerTo(call: ApiCall, id: string, face: AccountFace, request: ApiRequest): Answer {
  const { account, shapes } = face;
  const { put = 'merge' } = shapes;
  const webhook = (shown: AccountWebhook) => shownWebhook(shown, shapes);
  switch (call) {
    case 'GET me.json':
      return singleAnswer(shapes, { name: 'Simulated account', operators: account.operators.length });
    case 'GET operators':
      return listAnswer(shapes, request, face.lists().operators.map(shownOperator));
    case 'POST operators':
      return createdAnswer(shapes, shownOperator(account.createOperator(input(newOperatorSchema, request))));
    case 'GET operators/*':
      return singleAnswer(shapes, shownOperator(found(face.objects().operators, id, 'operator')));
    case 'PUT operators/*': {
      account.operator(id);
      const operator = account.updateOperator(id, input(operatorChangeSchema, request), put);
      return changedAnswer(shapes, shownOperator(operator));
    }
    case 'DELETE operators/*':
      account.deleteOperator(id);
      return changedAnswer(shapes, { id });
    case 'POST operators/*/status':
      account.operator(id);
      return changedAnswer(shapes, shownOperator(account.setStatus(id, input(statusSchema, request))));
    case 'GET events/subscriptions':
      return listAnswer(shapes, request, face.lists().webhooks.map(webhook));
    case 'POST events/subscriptions':
      return createdAnswer(shapes, webhook(account.createWebhook(input(newWebhookSchema, request))));
    case 'GET events/subscriptions/*':
      return singleAnswer(shapes, webhook(found(face.objects().webhooks, id, 'subscription')));
    case 'PUT events/subscriptions/*':
      account.webhook(id);
      return changedAnswer(
        shapes,
        webhook(account.updateWebhook(id, input(webhookChangeSchema, request), put)),
      );
    case 'DELETE events/subscriptions/*':
      account.deleteWebhook(id);
      return changedAnswer(shapes, { id });
  }
}

function refusal(
  { reason, message }: AccountRefusal,
  call: ApiCall,
  id: string,
  shapes: AnswerShapes,
): Answer {
  const isGone = reason === 'not-found' && call.startsWith('DELETE ');
  if (isGone && shapes.deleteGone === 'succeeds') return changedAnswer(shapes, { id });
  const status = reason === 'invalid' ? (shapes.invalidStatus ?? 400) : STATUS_OF[reason];
  return errorAnswer(status, message);
}

function input<T>(schema: z.ZodType<T>, { contentType, body }: ApiRequest): T {
  if (!/^application\/json\b/i.test(contentType)) {
    throw new AccountRefusal('invalid', 'The body must be JSON, with the content type application/json');
  }
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch {
    throw new AccountRefusal('invalid', 'The body is not valid JSON');
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const complaints = result.error.issues.map(({ path, message }) => [path.join('.'), message]);
  throw new AccountRefusal(
    'invalid',
    complaints.map(([field, message]) => (field ? `${field}: ${message}` : message)).join('; '),
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
