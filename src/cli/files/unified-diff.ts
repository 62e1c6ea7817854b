import { diff } from 'fast-myers-diff';

const CONTEXT_LINES = 3;

/** What changes: lines from one place up to another, first of the old text, then of the new one. */
type Stretch = readonly [oldFrom: number, oldTo: number, newFrom: number, newTo: number];

/** How one text becomes the other, as `diff -u` writes it; empty where they are equal. */
export function unifiedDiff(name: string, before: string, after: string): string {
  const [old, next] = [linesOf(before), linesOf(after)];
  const [left = [], right = []] = numbered(old, next);
  const hunks = hunksOf(changedStretches(left, right));
  if (hunks.length === 0) return '';
  const lines = hunks.flatMap((changed) => hunkLines(changed, old, next));
  return [`--- ${name}\n+++ ${name}\n`, ...lines].join('');
}

/** With their ends, so that a last line without one differs from the same line with one. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Equal lines have one number: to compare long texts line by line takes several times as long. */
function numbered(...texts: (readonly string[])[]): number[][] {
  const numbers = new Map<string, number>();
  return texts.map((lines) =>
    lines.map((line) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    }),
  );
}

/** Part by part between the lines that both have: over the whole of long texts it takes seconds. */
function changedStretches(left: readonly number[], right: readonly number[]): Stretch[] {
  const changed: Stretch[] = [];
  let [oldFrom, newFrom] = [0, 0];
  for (const [oldTo, newTo] of [...sharedLines(left, right), [left.length, right.length] as const]) {
    for (const [from, to, newStart, newEnd] of diff(left.slice(oldFrom, oldTo), right.slice(newFrom, newTo)))
      changed.push([oldFrom + from, oldFrom + to, newFrom + newStart, newFrom + newEnd]);
    [oldFrom, newFrom] = [oldTo + 1, newTo + 1];
  }
  return changed;
}

/** Where lines stand that both texts have once, from the top and from the end, up to the first that has moved. */
function sharedLines(left: readonly number[], right: readonly number[]): (readonly [number, number])[] {
  const [leftPlaces, rightPlaces] = [placesOfSingles(left), placesOfSingles(right)];
  const old = [...leftPlaces.keys()].filter((line) => rightPlaces.has(line));
  const next = [...rightPlaces.keys()].filter((line) => leftPlaces.has(line));
  let head = 0;
  while (head < old.length && old[head] === next[head]) head += 1;
  let tail = old.length;
  while (tail > head && old[tail - 1] === next[tail - 1]) tail -= 1;
  return [...old.slice(0, head), ...old.slice(tail)].map(
    (line) => [leftPlaces.get(line) ?? 0, rightPlaces.get(line) ?? 0] as const,
  );
}

/** In the order of the text. */
function placesOfSingles(lines: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return new Map(lines.flatMap((line, at) => (counts.get(line) === 1 ? [[line, at] as const] : [])));
}

/** Changes whose context would touch stand in one hunk. */
function hunksOf(changed: readonly Stretch[]): Stretch[][] {
  const hunks: Stretch[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const stretch of changed) {
    const [oldFrom, oldTo] = stretch;
    if (oldFrom - end <= 2 * CONTEXT_LINES) hunks.at(-1)?.push(stretch);
    else hunks.push([stretch]);
    end = oldTo;
  }
  return hunks;
}

function hunkLines(changed: readonly Stretch[], old: readonly string[], next: readonly string[]): string[] {
  const [firstOld, , firstNew] = changed[0] as Stretch;
  const [, lastOld, , lastNew] = changed.at(-1) as Stretch;
  const before = Math.min(CONTEXT_LINES, firstOld);
  const after = Math.min(CONTEXT_LINES, old.length - lastOld);
  const was = range(firstOld - before, lastOld + after);
  const is = range(firstNew - before, lastNew + after);
  let at = firstOld - before;
  const body = changed.flatMap(([oldFrom, oldTo, newFrom, newTo]) => {
    const context = marked(' ', old.slice(at, oldFrom));
    at = oldTo;
    return [
      ...context,
      ...marked('-', old.slice(oldFrom, oldTo)),
      ...marked('+', next.slice(newFrom, newTo)),
    ];
  });
  return [`@@ -${was} +${is} @@\n`, ...body, ...marked(' ', old.slice(at, at + after))];
}

function range(from: number, to: number): string {
  return `${to > from ? from + 1 : from},${to - from}`;
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.map(
    (line) => `${mark}${line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`}`,
  );
}
