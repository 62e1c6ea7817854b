import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CHECKED_BY, FACT_IDS, FACTS, factNamed } from '../../../src/chaport/facts/index.ts';
import { DIALECT_NAMES, DIALECTS } from '../../../src/simulator/index.ts';

const PROJECT = path.join(import.meta.dirname, '../../..');

/** As it stands on the page of proofs, between its marks; a fact that is new is added there by hand. */
function table(): string {
  const rows = FACT_IDS.map((id) => {
    const { grade, sentence, check } = factNamed(id);
    return `| \`${id}\` | ${sentence} | ${grade} | ${CHECKED_BY[check]} |`;
  });
  return ['| fact | default reading | grade | shown by |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

test('the page of proofs has the table of facts as the code has it', () => {
  const page = readFileSync(path.join(PROJECT, 'examples/proof/README.md'), 'utf8');
  const [, shown] = /<!-- facts -->\n\n([\s\S]*?)\n\n<!-- \/facts -->/.exec(page) ?? [];
  expect(shown).toBe(table());
});

test('comments at the code name facts that there are', () => {
  const source = path.join(PROJECT, 'src/chaport');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const named = files.flatMap((file) =>
    [
      ...readFileSync(path.join(source, file), 'utf8').matchAll(/\b[Ff]acts: ([a-z-]+(?:, [a-z-]+)*)/g),
    ].flatMap(([, ids = '']) => ids.split(', ')),
  );
  expect(named.length).toBeGreaterThan(12);
  expect(named.filter((id) => !Object.hasOwn(FACTS, id))).toEqual([]);
});

test('every other reading of a fact that the simulator can have is a dialect of it, and each dialect one', () => {
  const readings = DIALECT_NAMES.flatMap((name) => {
    expect(Object.keys(DIALECTS[name].facts).length, name).toBeGreaterThan(0);
    return Object.entries(DIALECTS[name].facts).map(([id, reading]) => `${id}: ${reading}`);
  });
  const known = FACT_IDS.flatMap((id) => Object.keys(factNamed(id).variants).map((name) => `${id}: ${name}`));
  expect(readings.filter((reading) => !known.includes(reading))).toEqual([]);
});
