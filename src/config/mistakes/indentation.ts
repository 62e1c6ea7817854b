import type * as z from 'zod';
import { wholeFile } from '../schema/file-schema.ts';
import { itemsOf, shapeOf } from '../schema/walk.ts';
import { columnOf } from './lines.ts';
import type { Line, Mistake, Recogniser } from './mistake.ts';

/** A list or a section that is open, and what may stand in it. */
interface Level {
  isList: boolean;
  column: number;
  schema: z.ZodType | undefined;
}

/** Anchors and tags say nothing yet. */
const ONLY_MARKS = /^(?:[&!]\S*\s*)*$/;

/** A line that stands at no column that is open, and the one it belongs to. */
interface Misplaced {
  line: Line;
  column: number;
}

/** Lines with too few or too many spaces in front: the schema says which open level takes their key. */
export const indentation: Recogniser = (reading) => {
  const outline = new Outline();
  const runs: Misplaced[][] = [];
  let before: Line | undefined;
  for (const line of reading.lines) {
    if (line.inBrackets) continue;
    const column = outline.place(line);
    if (column !== null) {
      const last = runs.at(-1)?.at(-1);
      const misplaced = { line, column };
      const isSameShift = last && shiftOf(last) === shiftOf(misplaced) && last.line === before;
      if (isSameShift) runs.at(-1)?.push(misplaced);
      else runs.push([misplaced]);
    }
    before = line;
  }
  return runs.map((run) => complaint(run, reading.text));
};

function shiftOf({ line, column }: Misplaced): number {
  return column - line.indent.length;
}

function complaint(run: readonly Misplaced[], text: string): Mistake {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) throw new TypeError('a run has lines');
  const shift = shiftOf(first);
  const count = Math.abs(shift);
  const spaces = `${count === 1 ? 'one space' : `${count} spaces`}`;
  const to = last.line.start + last.line.indent.length;
  let mended = '';
  let at = first.line.start;
  for (const { line, column } of run) {
    mended += text.slice(at, line.start) + ' '.repeat(column);
    at = line.start + line.indent.length;
  }
  const from = first.line.start + first.line.indent.length;
  const those =
    run.length === 1 ? 'this line' : `this line and the next${run.length === 2 ? '' : ` ${run.length - 1}`}`;
  return {
    code: 'indentation',
    message: `${those} ${run.length === 1 ? 'is' : 'are'} indented by ${spaces} too ${shift > 0 ? 'few' : 'many'}`,
    hint: `begin ${run.length === 1 ? 'it' : 'the first of them'} at column ${first.column + 1}, below what it belongs to`,
    from,
    to: Math.max(from + 1, first.line.valueAt),
    fix: { from: first.line.start, to, text: mended },
    readAs: run.map(({ line, column }) => ({
      from: line.start,
      to: line.start + line.indent.length,
      text: ' '.repeat(column),
    })),
  };
}

class Outline {
  #levels: Level[] = [{ isList: false, column: 0, schema: wholeFile() }];
  /** What the last line opened, and the column that what is in it stands behind. */
  #opened: { schema: z.ZodType | undefined; behind: number } | null = null;

  /** The column that a line belongs to; null where it stands there. */
  place(line: Line): number | null {
    const { indent, dashes, key } = line;
    if (dashes.length === 0 && key === null) return null;
    const found = this.#enter(dashes.length > 0, indent.length, key);
    const moved = found - indent.length;
    let column = found;
    for (const [index, dash] of dashes.entries()) {
      const list = this.#levels.at(-1);
      column += dash.length;
      const isLast = index === dashes.length - 1;
      const schema = list?.isList ? list.schema && itemsOf(list.schema) : undefined;
      if (isLast && key === null) this.#opened = { schema, behind: column - dash.length };
      else this.#levels.push({ isList: !isLast, column, schema });
    }
    if (key !== null) {
      const map = this.#levels.at(-1);
      const schema = map?.schema && shapeOf(map.schema)?.[key];
      this.#opened = ONLY_MARKS.test(line.value) ? { schema, behind: columnOf(line) + moved } : null;
    } else if (!ONLY_MARKS.test(line.value)) this.#opened = null;
    return moved === 0 ? null : found;
  }

  /** Goes to the level of a line that begins at a column, and tells at which it should. */
  #enter(isList: boolean, column: number, key: string | null): number {
    const opened = this.#opened;
    this.#opened = null;
    if (opened && (column > opened.behind || (isList && column === opened.behind))) {
      this.#leaveTo(opened.behind);
      this.#levels.push({ isList, column, schema: opened.schema });
      return column;
    }
    const fits = (level: Level) => level.isList === isList;
    const there = this.#levels.findLast((level) => level.column === column && fits(level));
    const level = there ?? this.#nearest(isList, column, key);
    if (!level) return column;
    this.#levels.splice(this.#levels.lastIndexOf(level) + 1);
    return level.column;
  }

  #leaveTo(column: number): void {
    while (this.#levels.length > 1 && (this.#levels.at(-1)?.column ?? 0) > column) this.#levels.pop();
  }

  #nearest(isList: boolean, column: number, key: string | null): Level | undefined {
    const takes = ({ isList: list, schema }: Level) =>
      list === isList && (isList || (schema !== undefined && key !== null && key in (shapeOf(schema) ?? {})));
    const distance = (level: Level) => Math.abs(level.column - column);
    return this.#levels.filter(takes).toSorted((a, b) => distance(a) - distance(b))[0];
  }
}
