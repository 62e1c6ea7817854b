import { UserError } from '../../model/errors.ts';
import { isLoopbackHost, urlFrom } from '../../model/urls.ts';

/** The proxy that requests leave by. Holds credentials: only `host` is ever shown. */
export interface HttpProxy {
  /** Without credentials. */
  url: string;
  /** The value of `Proxy-Authorization`. */
  authorization: string | null;
  host: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a base URL, `null` for none. The lower-case name
 * wins, as in curl; `HTTP_PROXY` stands in for `HTTPS_PROXY`; this machine is reached straight.
 * @throws {UserError} for a proxy that is no http(s) URL; its value is not shown.
 */
export function chooseProxy(baseUrl: string, env: Environment): HttpProxy | null {
  const base = new URL(baseUrl);
  if (isLoopbackHost(base.hostname) || isExcepted(base, env.no_proxy ?? env.NO_PROXY ?? '')) return null;
  const names = ['http_proxy', 'HTTP_PROXY'];
  if (base.protocol === 'https:') names.unshift('https_proxy', 'HTTPS_PROXY');
  const name = names.find((candidate) => (env[candidate] ?? '').trim() !== '');
  return name === undefined ? null : parseProxy((env[name] ?? '').trim(), name);
}

/** `NO_PROXY`: hosts with their subdomains, each with or without a port, or `*`. */
function isExcepted(target: URL, exceptions: string): boolean {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', entryPort] = /^\*?\.?(.+?)(?::(\d+))?$/.exec(entry) ?? [];
      if (host === '' || (entryPort !== undefined && entryPort !== port)) return false;
      return target.hostname === host || target.hostname.endsWith(`.${host}`);
    });
}

function parseProxy(text: string, name: string): HttpProxy {
  // `proxy.example:3128` is common and means http.
  const spelled = text.includes('://') ? text : `http://${text}`;
  const url = urlFrom(spelled);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw new UserError('invalid-proxy', `${name} holds no proxy that can be used`, {
      hint: `Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, or unset ${name}.`,
    });
  }
  return { url: url.origin, host: url.host, authorization: basicAuthorization(url, name) };
}

function basicAuthorization({ username, password }: URL, name: string): string | null {
  if (username === '' && password === '') return null;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString('base64')}`;
  } catch {
    throw new UserError('invalid-proxy', `the user name or password in ${name} is not well percent-encoded`, {
      hint: 'Write a % in it as %25.',
    });
  }
}
