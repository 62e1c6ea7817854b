import { appendFileSync } from 'node:fs';

/** Where the numbers of a full run are gathered, one line each; unset in an ordinary one. */
export const TALLY_FILE = 'CHAPORTCTL_TALLY';

/** Whether everything is tried, or a part that an ordinary test run has the time for. */
export const IS_FULL = process.env.CHAPORTCTL_FAULTS === 'full';

/** What a full run adds up. */
export type TallyName =
  | 'calls x faults tried'
  | 'kills survived'
  | 'applies run two at once'
  | 'subscriptions made twice'
  | 'people invited twice';

export function tally(name: TallyName, count: number): void {
  const file = process.env[TALLY_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify([name, count])}\n`);
}
