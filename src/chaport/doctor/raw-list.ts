import { parseListPage } from '../api/answers.ts';
import type { CallSignals, Observed, Observer } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { isRefused } from './observer.ts';
import { isObject, type Json } from './shapes.ts';

/** A list as it came. */
export interface RawList {
  path: string;
  entries: readonly Json[];
  /** Something that is no object is among them. */
  hasOthers: boolean;
  isWrapped: boolean;
  pages: number;
  /** `null` where the list came whole. */
  nextLink: 'url' | 'path' | null;
}

/** A page of a list that is refused or is none. */
export interface NoList {
  path: string;
  refused: string;
}

const MOST_PAGES = 1000;

/** @throws {ChaportError} where no answer came, or none of the API's. */
export async function readRawList(
  observer: Observer,
  path: string,
  signals: CallSignals,
): Promise<RawList | NoList> {
  const all: unknown[] = [];
  let nextLink: RawList['nextLink'] = null;
  let isWrapped = true;
  let pages = 0;
  for (let next: string | null = path; next !== null; pages += 1) {
    const observed = await observer.call({ method: 'GET', path: next, nature: 'read' }, signals);
    if (observed.error && !saidNo(observed)) throw observed.error;
    const page = observed.error ? null : parseListPage(observed.json);
    if (page === null) return { path, refused: observed.error ? `answered ${observed.status}` : 'no list' };
    all.push(...page.result);
    isWrapped = !Array.isArray(observed.json);
    if (page.next !== null) nextLink = /^[a-z]+:\/\//i.test(page.next) ? 'url' : 'path';
    next = page.next === null ? null : followed(observer, page.next, next, pages);
  }
  const entries = all.filter(isObject);
  return { path, entries, hasOthers: entries.length < all.length, isWrapped, pages, nextLink };
}

function followed(observer: Observer, link: string, current: string, pages: number): string {
  const next = observer.pathOfLink(link, current);
  if (next !== null && pages < MOST_PAGES) return next;
  throw new ChaportError('unexpected-answer', `GET ${current}: links.next leads nowhere`);
}

/** A 2xx that cannot be read is an answer as well, though not of a list. */
function saidNo(observed: Observed): boolean {
  return isRefused(observed) || (observed.status !== undefined && observed.status < 300);
}

/** One object by its id; `null` where it is not there. */
export async function readRawObject(
  observer: Observer,
  path: string,
  signals: CallSignals,
): Promise<{ object: Json | null; isWrapped: boolean; observed: Observed }> {
  const observed = await observer.call({ method: 'GET', path, nature: 'read' }, signals);
  if (observed.error && !isRefused(observed)) throw observed.error;
  const { json } = observed;
  if (observed.error || !isObject(json)) return { object: null, isWrapped: false, observed };
  return isObject(json.result)
    ? { object: json.result, isWrapped: true, observed }
    : { object: json, isWrapped: false, observed };
}
