import type { FieldChange } from '../../model/change.ts';
import type { FieldValue } from '../../model/json.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { mustBeSeen } from '../impact.ts';
import { capitalised, count, groupByKind, headingOf, placeOf, prunedNote, shownFields } from '../wording.ts';
import { code, prose } from './inline.ts';

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

/** A heading and a table a kind, a row a field; what had no room is counted under the table. */
export function changeTables(changes: readonly PlannedChange[], room: Room): string[] {
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
    return [
      '',
      `### ${headingOf(kind)}`,
      ...(shown.length === 0 ? [] : ['', ...tableOf(kind.noun.one, shown, room)]),
      ...more,
    ];
  });
}

function tableOf(noun: string, changes: readonly PlannedChange[], room: Room): string[] {
  return [
    row(['Action', capitalised(noun), 'Field', 'Before', 'After', 'Place']),
    row(['---', '---', '---', '---', '---', '---']),
    ...changes.flatMap((change) => changeRows(change, room)),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The first row names the object and what to beware of; a further field takes a row of its own. */
function changeRows(change: PlannedChange, room: Room): string[] {
  const isCompact = room.compact && change.action === 'delete';
  const [first, ...more] = isCompact ? [] : shownFields(change);
  const pruned = prunedNote(change);
  const notes = [...change.effects.map(({ text }) => text), ...(pruned === null ? [] : [pruned])];
  const object = [
    code(change.key, mustBeSeen(change) ? undefined : room.value),
    ...(isCompact ? [] : notes.map((note) => prose(note, room.value))),
  ].join('<br>');
  const place = change.source ? code(placeOf(change.source), room.value) : '';
  const action = change.action === 'delete' ? '**delete**' : change.action;
  return [
    row([action, object, ...(first ? fieldCells(change, first, room) : ['', '', '']), place]),
    ...more.map((field) => row(['', '', ...fieldCells(change, field, room), ''])),
  ];
}

function fieldCells(change: PlannedChange, field: FieldChange, { value }: Room): string[] {
  return [
    code(field.path, value),
    change.before === null ? '' : valueCell(field.before, value),
    change.after === null ? '' : valueCell(field.after, value),
  ];
}

function valueCell(value: FieldValue, limit: number): string {
  return code(value === null ? '' : String(value), limit);
}
