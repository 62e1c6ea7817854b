import { applyPatch } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/cli/files/unified-diff.ts';
import { runs } from '../support/runs.ts';

const text = (lines: readonly number[]) => lines.map((line) => `line ${line}\n`).join('');
const upTo = (length: number) => Array.from({ length }, (_, index) => index);

test('shows what changes with three lines around it, and far changes apart', () => {
  const before = text(upTo(30));
  const after = before.replace('line 4\n', 'line four\n').replace('line 20\n', '').replace(/\n$/, '');
  expect(unifiedDiff('chaport.yaml', before, after)).toBe(`--- chaport.yaml
+++ chaport.yaml
@@ -2,7 +2,7 @@
 line 1
 line 2
 line 3
-line 4
+line four
 line 5
 line 6
 line 7
@@ -18,7 +18,6 @@
 line 17
 line 18
 line 19
-line 20
 line 21
 line 22
 line 23
@@ -27,4 +26,4 @@
 line 26
 line 27
 line 28
-line 29
+line 29
\\ No newline at end of file
`);
});

test('counts from the line before where one side has none', () => {
  expect(unifiedDiff('a', '', 'x\n')).toBe('--- a\n+++ a\n@@ -0,0 +1,1 @@\n+x\n');
  expect(unifiedDiff('a', 'x\n', '')).toBe('--- a\n+++ a\n@@ -1,1 +0,0 @@\n-x\n');
  expect(unifiedDiff('a', 'x\n', 'x\n')).toBe('');
});

test('is a patch that makes the one of the other', () => {
  const lines = fc.array(fc.constantFrom('a\n', 'b\n', '\n', 'c\r\n', 'ä\n'), { maxLength: 40 });
  const texts = fc.tuple(lines, fc.constantFrom('', 'a', 'z')).map(([all, end]) => all.join('') + end);
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const patch = unifiedDiff('a', before, after);
      if (before === after) expect(patch).toBe('');
      else expect(applyPatch(before, patch, { autoConvertLineEndings: false })).toBe(after);
    }),
    { numRuns: runs(1000) },
  );
});
