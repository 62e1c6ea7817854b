import type * as z from 'zod';
import {
  type Account,
  type AccountOperator,
  AccountRefusal,
  type AccountWebhook,
  type RefusalReason,
} from './account.ts';
import { API_CALLS, type ApiCall, callMatches, parseCall, partsOf } from './calls.ts';
import {
  newOperatorSchema,
  newWebhookSchema,
  operatorChangeSchema,
  statusSchema,
  webhookChangeSchema,
} from './input.ts';

/** Where the real API's shape is not known (grades B to D), each of these is possible. The first one is the default. */
export interface AnswerShapes {
  /** After a create: `{result:{id,…}}`, `{id}`, `{result:{id}}`, `{id,…}`, or no body. */
  createAnswer?: 'result' | 'id' | 'result-id' | 'object' | 'empty';
  /** After an update or a delete: 200 with a body, or 204. */
  changeAnswer?: 'body' | 'no-content';
  /** Single objects as `{result:{…}}` (default) or bare. */
  wrapSingle?: boolean;
  /** What PUT does with fields that are missing. */
  put?: 'merge' | 'replace';
  /** Lists come in pages of this size, with `links.next`. Default: all at once. */
  pageSize?: number;
  /** `links.next` as a whole URL or as a path. */
  nextLink?: 'absolute' | 'path';
  /** Adds fields that nobody documents to every object and list. */
  extraFields?: boolean;
}

/** A call as the account's API sees it, whichever way it came. */
export interface ApiRequest {
  method: string;
  /** Below the base URL: `/operators`. */
  path: string;
  query: URLSearchParams;
  /** The text of the body and its media type. */
  body: string;
  contentType: string;
  /** Base URL for `links.next`. */
  baseUrl: string;
}

/** No `body` is an empty one. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

const STATUS_OF: Record<RefusalReason, number> = {
  invalid: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
};

export function errorAnswer(status: number, message: string): Answer {
  return { status, body: { error: { status, message } } };
}

/** Does what the call asks of the account. Never throws for what a client can do wrong. */
export function handleApiRequest(account: Account, shapes: AnswerShapes, request: ApiRequest): Answer {
  const { method, path } = request;
  const call = API_CALLS.find((candidate) => matches(candidate, method, path));
  if (call === undefined) {
    const allowed = API_CALLS.filter((candidate) => matches(candidate, null, path));
    if (allowed.length === 0) return errorAnswer(404, `There is no ${path}`);
    const allow = allowed.map((candidate) => candidate.split(' ')[0]).join(', ');
    return { ...errorAnswer(405, `${method} is not possible on ${path}`), headers: { allow } };
  }
  try {
    return new Handler(account, shapes, request).handle(call);
  } catch (error) {
    if (error instanceof AccountRefusal) return errorAnswer(STATUS_OF[error.reason], error.message);
    throw error;
  }
}

function matches(call: ApiCall, method: string | null, path: string): boolean {
  const pattern = parseCall(call);
  if (pattern === null || partsOf(path).includes('')) return false;
  return callMatches(method === null ? { ...pattern, method: null } : pattern, method ?? '', path);
}

class Handler {
  readonly #account: Account;
  readonly #shapes: AnswerShapes;
  readonly #request: ApiRequest;

  constructor(account: Account, shapes: AnswerShapes, request: ApiRequest) {
    this.#account = account;
    this.#shapes = shapes;
    this.#request = request;
  }

  handle(call: ApiCall): Answer {
    const account = this.#account;
    const { put = 'merge' } = this.#shapes;
    const id = this.#id();
    switch (call) {
      case 'GET me.json':
        return this.#single({ name: 'Simulated account', operators: account.operators.length });
      case 'GET operators':
        return this.#list(account.operators.map(operatorOnWire));
      case 'POST operators':
        return this.#created(operatorOnWire(account.createOperator(this.#input(newOperatorSchema))));
      case 'GET operators/*':
        return this.#single(operatorOnWire(account.operator(id)));
      case 'PUT operators/*': {
        account.operator(id);
        const operator = account.updateOperator(id, this.#input(operatorChangeSchema), put);
        return this.#changed(operatorOnWire(operator));
      }
      case 'DELETE operators/*':
        account.deleteOperator(id);
        return this.#changed({ id });
      case 'POST operators/*/status':
        account.operator(id);
        return this.#changed(operatorOnWire(account.setStatus(id, this.#input(statusSchema))));
      case 'GET events/subscriptions':
        return this.#list(account.webhooks.map(webhookOnWire));
      case 'POST events/subscriptions':
        return this.#created(webhookOnWire(account.createWebhook(this.#input(newWebhookSchema))));
      case 'GET events/subscriptions/*':
        return this.#single(webhookOnWire(account.webhook(id)));
      case 'PUT events/subscriptions/*':
        account.webhook(id);
        return this.#changed(webhookOnWire(account.updateWebhook(id, this.#input(webhookChangeSchema), put)));
      case 'DELETE events/subscriptions/*':
        account.deleteWebhook(id);
        return this.#changed({ id });
    }
  }

  /** The part of the path where the call has its id; empty where it has none. */
  #id(): string {
    const parts = partsOf(this.#request.path);
    return decoded(parts[parts[0] === 'operators' ? 1 : 2] ?? '');
  }

  #input<T>(schema: z.ZodType<T>): T {
    if (!/^application\/json\b/i.test(this.#request.contentType)) {
      throw new AccountRefusal('invalid', 'The body must be JSON, with the content type application/json');
    }
    let data: unknown;
    try {
      data = JSON.parse(this.#request.body);
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

  #list(items: object[]): Answer {
    const { pageSize, nextLink = 'absolute', extraFields } = this.#shapes;
    const { query, path, baseUrl } = this.#request;
    const start = Number(query.get('skip') ?? 0) || 0;
    const end = pageSize === undefined ? items.length : start + pageSize;
    const next = `${path}?skip=${end}`;
    const base = nextLink === 'absolute' ? baseUrl : new URL(baseUrl).pathname;
    const hasNext = end < items.length;
    return {
      status: 200,
      body: {
        result: items.slice(start, end).map((item) => this.#decorated(item)),
        ...(pageSize === undefined ? {} : { links: hasNext ? { next: base + next } : {} }),
        ...(extraFields ? { meta: { requestId: 'b6f1', total: items.length } } : {}),
      },
    };
  }

  #single(item: object): Answer {
    const shown = this.#decorated(item);
    return { status: 200, body: this.#shapes.wrapSingle === false ? shown : { result: shown } };
  }

  #created(item: { id: string }): Answer {
    const { id } = item;
    const bodies = {
      result: { result: this.#decorated(item) },
      id: { id },
      'result-id': { result: { id } },
      object: this.#decorated(item),
      empty: undefined,
    };
    return { status: 201, body: bodies[this.#shapes.createAnswer ?? 'result'] };
  }

  #changed(item: object): Answer {
    return this.#shapes.changeAnswer === 'no-content' ? { status: 204 } : this.#single(item);
  }

  #decorated(item: object): object {
    if (!this.#shapes.extraFields) return item;
    return { ...item, isOnboarded: true, permissions: { seeReports: false }, tags: ['a', 'b'], revision: 3 };
  }
}

/** The fields in the order of the vendor's own example. */
function operatorOnWire(operator: AccountOperator) {
  const { id, email, name, language, jobTitle, role, lastLoginAt, lastActivityAt, image } = operator;
  const { lastStatus, realStatus, deactivated } = operator;
  return {
    ...{
      id,
      email,
      name,
      language,
      jobTitle,
      role,
      lastLoginAt,
      lastActivityAt,
      image,
      lastStatus,
      realStatus,
    },
    ...(deactivated ? { deactivated } : {}),
  };
}

function webhookOnWire({ id, event, targetUrl, essential }: AccountWebhook) {
  return { id, event, targetUrl, essential };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
