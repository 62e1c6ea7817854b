import type * as z from 'zod';
import type { LiveEntry, LiveState, NeededLists } from '../../model/live.ts';
import type { CallAnswer } from '../calls/call.ts';
import type { CallSignals } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { wireLists } from '../wire/index.ts';
import type { WireList } from '../wire/wire-kind.ts';
import { parseListPage } from './answers.ts';

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
  const live: Record<string, LiveEntry[] | null> = {};
  const read = async (list: WireList): Promise<void> => {
    try {
      live[list.live] = await readList(get, pathOfLink, list, { stop: signals.stop, abort });
    } catch (error) {
      failures.push(error);
      giveUp.abort();
    }
  };
  const lists = wireLists();
  for (const list of lists) live[list.live] = null;
  const wanted = lists.filter((list) => needed.has(list.live));
  await Promise.all(wanted.map((list) => read(list)));
  if (failures.length > 0) throw failures[0];
  return live;
}

async function readList(
  get: Get,
  pathOfLink: PathOfLink,
  list: WireList,
  signals: CallSignals,
): Promise<LiveEntry[]> {
  const entries: LiveEntry[] = [];
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
        throw unexpected(list, `${list.word}[${entries.length}] has the id of an earlier one`);
      ids.add(entry.id);
      entries.push(entry);
    }
    const next: string | null = page.next === null ? null : pathOfLink(page.next, path);
    if (page.next !== null && next === null) {
      throw unexpected(list, 'links.next leads out of the API, which is not followed');
    }
    path = next;
  }
  checkWhole(list, entries.length, total);
  return entries;
}

function checkWhole(list: WireList, count: number, total: number | null): void {
  if (total !== null && total > count) {
    throw unexpected(list, `the list is cut short: it says ${total} and holds ${count}`);
  }
  if (count === 0 && list.neverEmpty !== undefined) throw unexpected(list, list.neverEmpty);
}

function parseEntry(list: WireList, raw: unknown, index: number): LiveEntry {
  const parsed = list.entry.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const place = `${list.word}[${index}]${field === '' ? '' : `.${field}`}`;
  throw unexpected(list, `${place} ${complaint(raw, issue)}`);
}

/** Says what is there; never quotes it. */
function complaint(raw: unknown, issue: z.core.$ZodIssue | undefined): string {
  let value = raw;
  for (const key of issue?.path ?? []) value = Object.getOwnPropertyDescriptor(Object(value), key)?.value;
  if (value === undefined || value === null) return 'is missing';
  if (value === '') return 'is empty';
  if (issue?.code === 'custom') return issue.message;
  return `has the wrong type: ${Array.isArray(value) ? 'a list' : typeof value}`;
}

function unexpected(list: { path: string }, message: string): ChaportError {
  return new ChaportError('unexpected-answer', `GET ${list.path}: ${message}`, {
    hint: 'The account was not changed. If this stays so, the API is not as this program knows it: please report it.',
  });
}
