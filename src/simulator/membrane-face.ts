import { type Answer, errorAnswer } from './answers.ts';
import { type AppCall, callOfAction, describeActions } from './membrane-actions.ts';
import { tokenComplaint } from './membrane-tokens.ts';

/** The connection through which Membrane reaches the simulated account. */
export interface SimulatedMembraneOptions {
  /** Default `simulated-connection`. */
  connectionId?: string;
  /** Default `chaport`. It is as good as the id. */
  connectionKey?: string;
  /** Connections that lead elsewhere: they are listed, and that is all. */
  others?: readonly { id: string; key?: string; name: string }[];
  /** Where the connection's own base leads on this account; default `/api/v1`, which a path goes behind. */
  base?: string;
  /** Default `simulated-workspace` and `simulated-secret`. */
  workspaceKey?: string;
  workspaceSecret?: string;
  /** When given, tokens for another tenant are refused. */
  tenantKey?: string;
  /** A ready token (such as a personal access token) that is taken beside the signed ones. Default `pat-simulated`. */
  accessToken?: string;
  /** The connection has lost its credentials. */
  disconnected?: boolean;
  /** The clock that token expiry is checked with. Default: the real one, whatever the account's clock is. */
  now?: () => Date;
}

/** The Membrane side of a running simulator. `disconnected` may be changed at any time. */
export interface MembraneFace {
  /** What stands for `https://api.getmembrane.com`. */
  readonly apiUrl: string;
  readonly connectionId: string;
  readonly connectionKey: string;
  readonly others: NonNullable<SimulatedMembraneOptions['others']>;
  readonly base: string;
  readonly workspaceKey: string;
  readonly workspaceSecret: string;
  readonly tenantKey: string | undefined;
  readonly accessToken: string;
  disconnected: boolean;
  readonly now: () => Date;
}

export function createMembraneFace(options: SimulatedMembraneOptions, apiUrl: string): MembraneFace {
  return {
    apiUrl,
    connectionId: options.connectionId ?? 'simulated-connection',
    connectionKey: options.connectionKey ?? 'chaport',
    others: options.others ?? [],
    base: options.base ?? API_PATH,
    workspaceKey: options.workspaceKey ?? 'simulated-workspace',
    workspaceSecret: options.workspaceSecret ?? 'simulated-secret',
    tenantKey: options.tenantKey,
    accessToken: options.accessToken ?? 'pat-simulated',
    disconnected: options.disconnected ?? false,
    now: options.now ?? (() => new Date()),
  };
}

/** Where the API lives below an origin: this one, and the vendor's. */
const API_PATH = '/api/v1';
const VENDORS = ['https://app.chaport.com', 'https://app.chaport.ru'];

/** A path of Membrane's. */
export type MembranePath =
  /** What stands behind `/proxy`: a path, or a whole URL. */
  | { route: 'proxy'; selector: string; target: string }
  | { route: 'connection'; selector: string }
  | { route: 'connections' }
  | { route: 'actions' }
  | { route: 'run'; action: string }
  | { route: 'act' };

export function parseMembranePath(path: string): MembranePath | null {
  const [, proxySelector, target] = /^\/connections\/([^/]+)\/proxy\/(.*)$/.exec(path) ?? [];
  if (proxySelector !== undefined) return { route: 'proxy', selector: proxySelector, target: target ?? '' };
  const [, selector] = /^\/connections\/([^/]+)$/.exec(path) ?? [];
  if (selector !== undefined) return { route: 'connection', selector };
  const [, action] = /^\/actions\/([^/]+)\/run$/.exec(path) ?? [];
  if (action !== undefined) return { route: 'run', action };
  if (path === '/connections') return { route: 'connections' };
  if (path === '/actions') return { route: 'actions' };
  return path === '/act' ? { route: 'act' } : null;
}

/** The path below the API's base that a proxied call comes to; `null`: it leads elsewhere. */
export function proxiedPath({ apiUrl, base }: MembraneFace, target: string): string | null {
  const url = /^[a-z]+:\/\//i.test(target) ? target : `${apiUrl}${base.replace(/\/$/, '')}/${target}`;
  const origin = [apiUrl, ...VENDORS].find((one) => url.startsWith(`${one}${API_PATH}/`));
  return origin === undefined ? null : url.slice(origin.length + API_PATH.length);
}

/** An error of Membrane's own. Shape and status codes as its SDK and its error reference have them. */
export function membraneError(status: number, type: string, key: string, message: string): Answer {
  return { status, body: { type, key, message } };
}

/** Why Membrane does not take a request at all; `null` when it does. */
export function refuseToken(face: MembraneFace, authorization: string | undefined): Answer | null {
  const complaint = tokenComplaint(face, /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]);
  return complaint === null ? null : membraneError(401, 'bad_request', 'not_authenticated', complaint);
}

/** Why Membrane does not pass a call on to a connection. An app's answer comes back as it is, status and body. */
export function refuseConnection(face: MembraneFace, selector: string): Answer | null {
  if (selector !== face.connectionId && selector !== face.connectionKey) {
    return membraneError(404, 'bad_request', 'not_found', `Connection "${selector}" not found`);
  }
  if (!face.disconnected) return null;
  return membraneError(
    400,
    'connection',
    'connection_is_defunct',
    `Connection "${selector}" is disconnected. Reconnect it to continue.`,
  );
}

const READY = 'READY';

function describeOwn({ connectionId: id, connectionKey: key, disconnected }: MembraneFace): object {
  return { id, key, name: 'Chaport', connected: !disconnected, disconnected, state: READY };
}

/** What Membrane answers by itself: of connections and of actions, but not their running. */
export function answerOfMembrane(
  face: MembraneFace,
  method: string,
  path: MembranePath,
  query: URLSearchParams,
): Answer {
  if (path.route === 'connections' || path.route === 'connection' || path.route === 'actions') {
    if (method !== 'GET') return errorAnswer(405, `${method} is not simulated here`);
  }
  switch (path.route) {
    case 'connections':
      return pageOf([...face.others.map(describeOther), describeOwn(face)], query);
    case 'connection':
      return (
        refuseConnection({ ...face, disconnected: false }, path.selector) ?? {
          status: 200,
          body: describeOwn(face),
        }
      );
    case 'actions': {
      const selector = query.get('connectionId') ?? face.connectionId;
      const refusal = refuseConnection({ ...face, disconnected: false }, selector);
      const limit = Number(query.get('limit') ?? 100) || 100;
      const items = describeActions(face.connectionId, query.get('intent') ?? '', limit);
      return refusal ?? { status: 200, body: { items } };
    }
    default:
      return errorAnswer(404, 'Membrane does not simulate this');
  }
}

function describeOther({ id, key, name }: MembraneFace['others'][number]): object {
  return { id, key, name, connected: true, disconnected: false, state: READY };
}

function pageOf(items: readonly object[], query: URLSearchParams): Answer {
  const start = Number(query.get('cursor') ?? 0) || 0;
  const end = start + (Number(query.get('limit') ?? 100) || 100);
  const cursor = end < items.length ? { cursor: String(end) } : {};
  return { status: 200, body: { items: items.slice(start, end), ...cursor } };
}

/** What an action asks of the account, and through which connection; an answer where it asks nothing. */
export function actionAsked(
  face: MembraneFace,
  path: Extract<MembranePath, { route: 'run' | 'act' }>,
  query: URLSearchParams,
  body: unknown,
): AppCall | Answer {
  const asked: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const named =
    path.route === 'run' ? query.get('connectionId') : (asked.connectionId ?? asked.connectionKey);
  const refusal = refuseConnection(face, String(named ?? face.connectionId));
  if (refusal) return refusal;
  const action = path.route === 'run' ? path.action : (asked.id ?? asked.key);
  const call = callOfAction(String(action), asked.input);
  if (!('reason' in call)) return call;
  const isUnknown = call.reason === 'not-found';
  return membraneError(
    isUnknown ? 404 : 400,
    'bad_request',
    isUnknown ? 'not_found' : 'invalid_input',
    call.message,
  );
}

/** What came of an action: the app's own answer is its output, and its refusal comes back as it is. */
export function actionOutput(path: MembranePath, answer: Answer): Answer {
  if (answer.error !== undefined || answer.status >= 400) return answer;
  const run = path.route === 'act' ? { actionRunId: 'simulated-run' } : {};
  return { status: 200, body: { output: answer.body ?? null, ...run } };
}
