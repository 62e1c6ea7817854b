import type { AccountEditor } from './account-editor.ts';
import { type CallPattern, callMatches, checkedCall } from './calls.ts';
import type { RequestRecord } from './request-record.ts';

/**
 * Something that somebody else does to the account at a given call, in the form of `Fault.call`:
 * `before` it is handled, or `after` it was, so that the next call is sure to find it.
 */
export type ScheduledEdit = ({ before: string; after?: never } | { after: string; before?: never }) & {
  /** Which of the matching calls; default 1, the first. */
  nth?: number;
  edit: (account: AccountEditor, request: RequestRecord) => void;
};

interface Waiting {
  moment: 'before' | 'after';
  pattern: CallPattern;
  left: number;
  edit: ScheduledEdit['edit'];
}

/** The edits that wait for their calls. */
export class ScheduledEdits {
  #waiting: Waiting[] = [];

  /** @throws {UserError} `invalid-edit` when no call of the API can match */
  add({ before, after, nth = 1, edit }: ScheduledEdit): void {
    const moment = before === undefined ? 'after' : 'before';
    this.#waiting.push({
      moment,
      pattern: checkedCall(before ?? after ?? '', 'invalid-edit'),
      left: nth,
      edit,
    });
  }

  /** Does what is due at this moment of this call. */
  make(moment: Waiting['moment'], editor: AccountEditor, request: RequestRecord): void {
    for (const waiting of this.#waiting) {
      if (waiting.moment !== moment || !callMatches(waiting.pattern, request.method, request.path)) continue;
      waiting.left -= 1;
      if (waiting.left === 0) waiting.edit(editor, request);
    }
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
  }
}
