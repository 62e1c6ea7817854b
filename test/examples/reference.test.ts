import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DIAGNOSTIC_CODES, REFUSAL_CODES, WARNING_CODES } from '../../src/model/codes.ts';
import { PROJECT } from '../support/run-program.ts';
import { codesUnder, fieldsTable, withGenerated } from './reference.ts';

const FILE = path.join(PROJECT, 'examples/reference/README.md');
const UPDATES = process.env.UPDATE_GUIDES === '1';

test('the reference has every key of the file as the schema describes it', () => {
  const page = readFileSync(FILE, 'utf8');
  const made = withGenerated(page, 'fields', fieldsTable());
  if (UPDATES) writeFileSync(FILE, made);
  else expect(page).toBe(made);
});

/** The codes of errors that stop a run, where they are thrown. */
function errorCodes(): string[] {
  const source = path.join(PROJECT, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const codes = files.flatMap((name) => {
    const text = readFileSync(path.join(source, name), 'utf8');
    return [...text.matchAll(/new (?:User|Refused|Chaport)Error\(\s*'([a-z-]+)'/g)].map(
      ([, code = '']) => code,
    );
  });
  return [...new Set(codes)];
}

test.each([
  ['Complaints about files', DIAGNOSTIC_CODES],
  ['Warnings of plans', WARNING_CODES],
  ['Refusals of plans', REFUSAL_CODES],
  ['Errors that stop a run', errorCodes()],
])('the reference has a cure for each code under "%s"', (heading, codes) => {
  expect(codesUnder(readFileSync(FILE, 'utf8'), heading).sort()).toEqual([...codes].sort());
});
