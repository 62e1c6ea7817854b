import { appendFileSync } from 'node:fs';

/** Where the numbers of a full run are gathered, one line each; unset in an ordinary one. */
export const TALLY_FILE = 'CHAPORTCTL_TALLY';

const MODE = process.env.CHAPORTCTL_FAULTS;

/** Whether every kind of thing is tried (`full`, or `ci` with fewer samples), or a part of each (`sample`). */
export const IS_FULL = MODE === 'full' || MODE === 'ci';

/** How often something random is tried: in an ordinary run, on each change of the project, and in full. */
export function samples(ordinary: number, ci: number, full: number): number {
  if (!IS_FULL) return ordinary;
  return MODE === 'ci' ? ci : full;
}

/** What a full run adds up. */
export type TallyName =
  | 'calls x faults tried'
  | 'kills survived'
  | 'applies run two at once'
  | 'lags x late effects tried'
  | 'edits by somebody else'
  | 'edits by somebody else undone'
  | 'subscriptions made twice'
  | 'people invited twice';

export function tally(name: TallyName, count: number): void {
  const file = process.env[TALLY_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify([name, count])}\n`);
}
