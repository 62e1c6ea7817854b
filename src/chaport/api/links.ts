import { urlFrom } from '../../model/urls.ts';

/**
 * Where `links.next` of an answer leads (facts: list-pages): the path to send, below the
 * base URL, with its query. `null`: out of the API, where no credentials may go.
 */
export function pathBelow(baseUrl: string, link: string, current: string): string | null {
  const url = resolve(link, baseUrl + current);
  const base = new URL(baseUrl);
  const root = base.pathname.replace(/\/$/, '');
  if (url?.origin !== base.origin || !url.pathname.startsWith(`${root}/`)) return null;
  return url.pathname.slice(root.length) + url.search;
}

/**
 * The same where a gateway passes answers on unchanged: links name the app's own address, which
 * is not known here. So only a link to the very list that is being read is taken, and of it only
 * the query; wherever it points, the request goes to the gateway.
 */
export function pathOfSameList(gatewayUrl: string, link: string, current: string): string | null {
  const url = resolve(link, gatewayUrl + current);
  const listPath = current.split('?', 1)[0] ?? '';
  if (listPath === '' || !url?.pathname.endsWith(listPath)) return null;
  return listPath + url.search;
}

function resolve(link: string, base: string): URL | null {
  const url = urlFrom(link, base);
  if (!url) return null;
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : null;
}
