import type { Options } from 'yargs';
import { NAMEABLE, type NamedColumn } from '../../export/staff-list/fields.ts';
import { UserError } from '../../model/errors.ts';
import { nearestWord } from '../../model/nearest-word.ts';

/** How a staff list is read. */
export const STAFF_LIST_OPTIONS = {
  column: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: `FIELD=HEADER: which column of the staff list is what (${NAMEABLE.join(', ')}); repeatable`,
  },
} as const satisfies Record<string, Options>;

/** @throws {UserError} for what is not FIELD=HEADER. */
export function takeColumns(written: readonly string[] = []): NamedColumn[] {
  return written.map((text) => {
    const [field = '', heading = ''] = text.split(/=(.*)/s, 2).map((part) => part.trim());
    const column = NAMEABLE.find((name) => name === field);
    if (column !== undefined && heading !== '') return { column, heading };
    const nearest = nearestWord(field, NAMEABLE);
    throw new UserError('usage', `--column takes FIELD=HEADER, such as name="Full name", not ${text}`, {
      hint:
        column === undefined && nearest !== undefined
          ? `did you mean ${nearest}?`
          : `the fields are ${NAMEABLE.join(', ')}`,
    });
  });
}
