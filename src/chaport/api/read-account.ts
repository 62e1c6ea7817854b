import type { LiveState, NeededLists } from '../../model/live.ts';
import type { CallAnswer } from '../calls/call.ts';
import type { CallSignals } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { OPERATORS, parseListPage, WEBHOOKS, type WireList } from '../wire/index.ts';

/** The only way out that reading has: one GET below the base URL, its JSON back. */
export type Get = (path: string, signals: CallSignals) => Promise<Pick<CallAnswer, 'json'>>;
/** See `Transport.pathOfLink`. */
export type PathOfLink = (link: string, current: string) => string | null;

/** A list of more pages than this does not end. */
const MOST_PAGES = 1000;

/** Reads the needed lists side by side. When one fails the other is given up. */
export async function readAccount(
  get: Get,
  pathOfLink: PathOfLink,
  needed: NeededLists,
  signals: CallSignals,
): Promise<LiveState> {
  const giveUp = new AbortController();
  const abort = signals.abort ? AbortSignal.any([signals.abort, giveUp.signal]) : giveUp.signal;
  const failures: unknown[] = [];
  const read = async <T extends { id: string }>(wanted: boolean, list: WireList<T>): Promise<T[] | null> => {
    if (!wanted) return null;
    try {
      return await readList(get, pathOfLink, list, { stop: signals.stop, abort });
    } catch (error) {
      failures.push(error);
      giveUp.abort();
      return null;
    }
  };
  const [operators, webhooks] = await Promise.all([
    read(needed.operators, OPERATORS),
    read(needed.webhooks, WEBHOOKS),
  ]);
  if (failures.length > 0) throw failures[0];
  if (operators?.length === 0) {
    throw unexpected(OPERATORS, 'the answer has no operators at all, but an account always has its owner');
  }
  return { operators, webhooks };
}

async function readList<T extends { id: string }>(
  get: Get,
  pathOfLink: PathOfLink,
  list: WireList<T>,
  signals: CallSignals,
): Promise<T[]> {
  const entries: T[] = [];
  const ids = new Set<string>();
  const seen = new Set<string>();
  let total: number | null = null;
  for (let path: string | null = list.path; path !== null; ) {
    if (seen.has(path)) throw unexpected(list, 'links.next leads in a circle');
    if (seen.size >= MOST_PAGES) throw unexpected(list, `the list has more than ${MOST_PAGES} pages`);
    seen.add(path);
    const { json } = await get(path, signals);
    const page = parseListPage(json);
    if (page === null)
      throw unexpected(list, 'the answer is JSON but not a list: {"result":[…]} was expected');
    total = page.total ?? total;
    for (const raw of page.result) {
      const entry = parseEntry(list, raw, entries.length);
      if (ids.has(entry.id))
        throw unexpected(list, `${list.name}[${entries.length}] has the id of an earlier one`);
      ids.add(entry.id);
      entries.push(entry);
    }
    const next: string | null = page.next === null ? null : pathOfLink(page.next, path);
    if (page.next !== null && next === null) {
      throw unexpected(list, 'links.next leads out of the API, which is not followed');
    }
    path = next;
  }
  if (total !== null && total > entries.length) {
    throw unexpected(list, `the list is cut short: it says ${total} and holds ${entries.length}`);
  }
  return entries;
}

function parseEntry<T>(list: WireList<T>, raw: unknown, index: number): T {
  const parsed = list.entry.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const place = `${list.name}[${index}]${field === '' ? '' : `.${field}`}`;
  throw unexpected(list, `${place} ${complaint(raw, issue?.path ?? [])}`);
}

/** Says what is there; never quotes it. */
function complaint(raw: unknown, path: readonly PropertyKey[]): string {
  let value = raw;
  for (const key of path) value = Object.getOwnPropertyDescriptor(Object(value), key)?.value;
  if (value === undefined || value === null) return 'is missing';
  if (value === '') return 'is empty';
  return `has the wrong type: ${Array.isArray(value) ? 'a list' : typeof value}`;
}

function unexpected(list: { path: string }, message: string): ChaportError {
  return new ChaportError('unexpected-answer', `GET ${list.path}: ${message}`, {
    hint: 'The account was not changed. If this stays so, the API is not as this program knows it: please report it.',
  });
}
