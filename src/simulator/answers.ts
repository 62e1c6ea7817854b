/** Where the real API's shape is not known (grades B to D), each of these is possible. The first one is the default. */
export interface AnswerShapes {
  /**
   * After a create: `{result:{id,…}}`, `{id}`, `{result:{id}}`, `{id,…}`, `{result:{…}}` without the id,
   * or no body.
   */
  createAnswer?: 'result' | 'id' | 'result-id' | 'object' | 'no-id' | 'empty';
  createStatus?: 201 | 200 | 204;
  /** After an update, a status or a delete: a body, none, or 204. */
  changeAnswer?: 'body' | 'empty' | 'no-content';
  changeStatus?: 200 | 201;
  /** Deleting what is not there: 404, or the answer of a delete. */
  deleteGone?: 'refused' | 'succeeds';
  /** Lists as `{result:[…]}` (default) or bare, which have no pages. */
  wrapList?: boolean;
  /** Single objects as `{result:{…}}` (default) or bare. */
  wrapSingle?: boolean;
  /** What PUT does with fields that are missing. */
  put?: 'merge' | 'replace';
  /** Lists come in pages of this size, with `links.next`. Default: all at once. */
  pageSize?: number;
  /** `links.next` as a whole URL or as a path. */
  nextLink?: 'absolute' | 'path';
  /** Subscriptions show `events: [x]` in place of `event`. */
  pluralEvents?: boolean;
  /** Adds fields that nobody documents to every object and list. */
  extraFields?: boolean;
  /** `{error:{status,message}}`, `{error:"…"}`, `{message:"…"}`, `{errors:[{message}]}`, plain text, or HTML. */
  errors?: 'object' | 'error' | 'message' | 'list' | 'text' | 'html';
  /** Of a call whose body is wrong. */
  invalidStatus?: 400 | 422;
  /** Of a call whose token is wrong. */
  badTokenStatus?: 401 | 403;
}

/** No `body` is an empty one; an `error` is given the shape that errors have. */
export interface Answer {
  status: number;
  body?: unknown;
  error?: string;
  headers?: Record<string, string>;
}

export function errorAnswer(status: number, message: string): Answer {
  return { status, error: message };
}

/** The page of a list that is asked for. `baseUrl` is what `links.next` starts with. */
export interface PageRequest {
  path: string;
  query: URLSearchParams;
  baseUrl: string;
}

export function listAnswer(shapes: AnswerShapes, page: PageRequest, items: readonly object[]): Answer {
  const { nextLink = 'absolute', extraFields } = shapes;
  const shown = items.map((item) => decorated(shapes, item));
  if (shapes.wrapList === false) return { status: 200, body: shown };
  const meta = extraFields ? { meta: { requestId: 'b6f1', total: items.length } } : {};
  if (shapes.pageSize === undefined) return { status: 200, body: { result: shown, ...meta } };
  const start = Number(page.query.get('skip') ?? 0) || 0;
  const end = start + shapes.pageSize;
  const base = nextLink === 'absolute' ? page.baseUrl : new URL(page.baseUrl).pathname;
  const links = end < items.length ? { next: `${base}${page.path}?skip=${end}` } : {};
  return { status: 200, body: { result: shown.slice(start, end), links, ...meta } };
}

export function singleAnswer(shapes: AnswerShapes, item: object): Answer {
  const shown = decorated(shapes, item);
  return { status: 200, body: shapes.wrapSingle === false ? shown : { result: shown } };
}

export function createdAnswer(shapes: AnswerShapes, item: { id: string }): Answer {
  const { id, ...others } = item;
  const { createAnswer = 'result', createStatus: status = 201 } = shapes;
  if (createAnswer === 'empty' || status === 204) return { status };
  const bodies = {
    result: { result: decorated(shapes, item) },
    id: { id },
    'result-id': { result: { id } },
    object: decorated(shapes, item),
    'no-id': { result: others },
  };
  return { status, body: bodies[createAnswer] };
}

export function changedAnswer(shapes: AnswerShapes, item: object): Answer {
  const { changeAnswer = 'body', changeStatus: status = 200 } = shapes;
  if (changeAnswer === 'no-content') return { status: 204 };
  return changeAnswer === 'empty' ? { status } : { ...singleAnswer(shapes, item), status };
}

function decorated({ extraFields }: AnswerShapes, item: object): object {
  if (!extraFields) return item;
  return { ...item, isOnboarded: true, permissions: { seeReports: false }, tags: ['a', 'b'], revision: 3 };
}
