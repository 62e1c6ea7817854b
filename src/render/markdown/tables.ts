import type { FieldChange } from '../../model/change.ts';
import type { FieldValue } from '../../model/json.ts';
import type { Noun } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { mustBeSeen } from '../impact.ts';
import { type People, peopleIn } from '../people.ts';
import { capitalised, count, groupByKind, headingOf, placeOf, prunedNote, shownFields } from '../wording.ts';
import { code, details, prose } from './inline.ts';

/** How much of the plan there is room for. */
export interface Room {
  /** Changes shown beside those that must be seen. */
  changes: number;
  /** Names in a list. */
  names: number;
  /** Columns of a value; keys of deletes and admin changes are always whole. */
  value: number;
  /** Deletes take one row, without their fields. */
  compact: boolean;
}

/** Rows of a table that nobody folds away: with more, what need not be seen at once is one click away. */
const ROWS_IN_THE_OPEN = 10;

/** A heading and a table a kind, a row a change; what had no room is counted under the table. */
export function changeTables(changes: readonly PlannedChange[], room: Room): string[] {
  const people = peopleIn(changes);
  let left = room.changes;
  return groupByKind(changes).flatMap(({ kind, items }) => {
    const shown = items.filter((change) => {
      if (mustBeSeen(change)) return true;
      left -= 1;
      return left >= 0;
    });
    const hidden = items.length - shown.length;
    const more =
      hidden === 0
        ? []
        : [
            '',
            `${count(hidden, { one: 'more change', many: 'more changes' })} of ${kind.noun.many} not shown here.`,
          ];
    return ['', `### ${headingOf(kind)}`, ...tablesOf(kind.noun, shown, people, room), ...more];
  });
}

function tablesOf(noun: Noun, changes: readonly PlannedChange[], people: People, room: Room): string[] {
  if (changes.length === 0) return [];
  const table = (some: readonly PlannedChange[]) => tableOf(noun.one, some, people, room);
  const folded = changes.length > ROWS_IN_THE_OPEN ? changes.filter((change) => !staysOpen(change)) : [];
  if (folded.length === 0) return ['', ...table(changes)];
  const open = changes.filter(staysOpen);
  const title = `${open.length === 0 ? '' : 'Other '}${noun.many}: ${count(folded.length, { one: 'change', many: 'changes' })}`;
  return [
    ...(open.length === 0 ? [] : ['', ...table(open)]),
    '',
    ...details(capitalised(title), table(folded)),
  ];
}

/** Deletes, admins and new hosts are seen without a click. */
function staysOpen(change: PlannedChange): boolean {
  return mustBeSeen(change) || change.effects.some(({ code: effect }) => effect === 'starts-sending');
}

function tableOf(noun: string, changes: readonly PlannedChange[], people: People, room: Room): string[] {
  return [
    row([capitalised(noun), 'Change']),
    row(['---', '---']),
    ...changes.map((change) => changeRow(change, people, room)),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Two columns have room in a comment: who it is and what to beware of, then every field, old and new. */
function changeRow(change: PlannedChange, people: People, room: Room): string {
  const isCompact = room.compact && change.action === 'delete';
  const pruned = prunedNote(change);
  const notes = [...change.effects.map(({ text }) => text), ...(pruned === null ? [] : [pruned])];
  const action = change.action === 'delete' ? '**delete**' : change.action;
  const name = people.get(change.key);
  const object = [
    `${action} ${code(change.key, mustBeSeen(change) ? undefined : room.value)}`,
    ...(name === undefined || isCompact ? [] : [code(name, room.value)]),
    ...(isCompact ? [] : notes.map((note) => prose(note, room.value))),
    ...(change.source ? [code(placeOf(change.source), room.value)] : []),
  ];
  const fields = isCompact ? [] : shownFields(change).map((field) => fieldText(change, field, room));
  return row([object.join('<br>'), fields.join('<br>')]);
}

/** `jobTitle`: `Agent` → `Support agent`; one side where there is only one. */
function fieldText({ before, after }: PlannedChange, field: FieldChange, { value }: Room): string {
  const sides = [
    ...(before === null ? [] : [valueText(field.before, value)]),
    ...(after === null ? [] : [valueText(field.after, value)]),
  ];
  return `${code(field.path, value)}: ${sides.join(' → ')}`;
}

function valueText(value: FieldValue, limit: number): string {
  return code(value === null ? '' : String(value), limit);
}
