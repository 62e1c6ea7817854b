import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { load } from './load.ts';

const SIZE = 10 * 1024 * 1024;
/** What the loader may take beside the program itself, in MiB: with it the process stays below 400. */
const HEAP = 300;

const ENTRY = `
import { parentPort, workerData } from 'node:worker_threads';
import { parseConfig } from './src/config/index.ts';
const { diagnostics } = parseConfig([{ name: 'a.yaml', bytes: workerData }], { env: { A: 'a' } });
parentPort.postMessage([...new Set(diagnostics.map(({ code }) => code))]);
`;
let program = '';

beforeAll(async () => {
  const root = new URL('../..', import.meta.url).pathname;
  const options = { bundle: true, platform: 'node', format: 'cjs', write: false } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents: ENTRY, resolveDir: root } });
  program = outputFiles[0]?.text ?? '';
});

/** The codes of the complaints about a text, read with little memory. */
async function codesOf(text: string): Promise<unknown> {
  const resourceLimits = { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: 16 };
  const worker = new Worker(program, { eval: true, workerData: Buffer.from(text), resourceLimits });
  const [codes] = await once(worker, 'message');
  return codes;
}

/** A text of 10 MiB. */
const filled = (head: string, line: string, end = '') =>
  head + line.repeat(Math.floor((SIZE - head.length - end.length) / line.length)) + end;

describe('10 MiB are read with little memory, or refused', { timeout: 120_000 }, () => {
  const cases: [name: string, text: () => string, codes: string[]][] = [
    ['comments of a usual length', () => filled('version: 1\n', `# ${'a word '.repeat(9)}\n`), []],
    ['one long text', () => filled('version: 1\nx: ', 'x'), ['unknown-key']],
    ['one quoted text of references', () => filled('version: 1\nx: "', '${env:A}', '"'), ['file-too-large']],
    ['empty comments', () => filled('version: 1\n', '#\n'), ['file-too-large']],
    ['empty lines', () => filled('version: 1\n', '\n'), ['file-too-large']],
    ['keys', () => filled('version: 1\n', 'a: 1\n'), ['file-too-large']],
    [
      'people',
      () => filled('operators:\n', '  - { email: a@acme.example, name: Ann }\n'),
      ['file-too-large'],
    ],
    ['small values', () => filled('operators: [', '1,', ']'), ['file-too-large']],
    ['lists in lists', () => filled('operators: [', '[[]],', ']'), ['file-too-large']],
    ['faults of syntax', () => filled('version: 1\n', '- ] }\n'), ['file-too-large']],
  ];
  it.each(cases)('%s', async (_name, text, codes) => {
    expect(await codesOf(text())).toEqual(codes);
  });

  it.each<[name: string, text: string, codes: string[]]>([
    ['unknown keys', `${'a key: 1\n'.repeat(50_000)}`, ['unknown-key', 'too-many-complaints']],
    ['small values', `operators: [${'1,'.repeat(200_000)}]\n`, ['wrong-type', 'too-many-complaints']],
    ['faults of syntax', '- ] }\n'.repeat(50_000), ['missing-quotes', 'too-many-complaints']],
  ])('as much as is read, all of it wrong: %s', async (_name, text, codes) => {
    expect(await codesOf(`version: 1\n${text}`)).toEqual(expect.arrayContaining(codes));
  });
});

describe('what is too much', () => {
  it('is refused where reading stopped', () => {
    expect(load({ 'a.yaml': filled('version: 1\n', '\n') }).diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'file-too-large',
        message: 'this file holds too many lines and values: reading it stopped here',
        hint: 'split it into several files',
        source: { line: 777_770, column: 1 },
      },
    ]);
  });

  it('is not what 10,000 people need with every field of theirs', () => {
    const people = Array.from(
      { length: 10_000 },
      (_, index) => `  - email: person.${index}@acme.example
    name: Person ${index}
    role: operator
    jobTitle: Support engineer
    language: en
    image: https://acme.example/${index}.png
    status: { value: online, ttl: 8h }
`,
    );
    const { desired } = load({ 'a.yaml': `version: 1\noperators:\n${people.join('')}` });
    expect(desired?.sections.operators).toHaveLength(10_000);
  });

  it('is said once of complaints, after the first 10,000', () => {
    const { desired, diagnostics } = load({ 'a.yaml': `version: 1\noperators: [${'x,'.repeat(10_001)}]\n` });
    expect(desired).toBeNull();
    expect(diagnostics).toHaveLength(10_001);
    expect(diagnostics.at(-1)).toEqual({
      severity: 'error',
      code: 'too-many-complaints',
      message: 'there is more to complain of than these 10,000 things',
    });
  });

  it('is an error after any number of warnings, and a warning after warnings alone', () => {
    const hooks = (count: number) =>
      `version: 1\nwebhooks:\n${Array.from({ length: count }, (_, index) => `  - { url: "https://a.example/${index}?k=\${secret:S}", events: [a.b] }\n`).join('')}`;
    const codes = (text: string) => {
      const { desired, diagnostics } = load({ 'a.yaml': text }, { missingSecrets: 'warning' });
      return [desired !== null, diagnostics.length, diagnostics.at(-1)?.severity, diagnostics.at(-1)?.code];
    };
    expect(codes(hooks(10_001))).toEqual([true, 10_001, 'warning', 'too-many-complaints']);
    expect(codes(`${hooks(10_001)}  - { url: x }\n`)).toEqual([
      false,
      10_001,
      'error',
      'too-many-complaints',
    ]);
  });

  it('is a text with references of more than 65,536 characters', () => {
    const text = (length: number) =>
      `version: 1\noperators: [{ email: a@b.example, name: "\${env:A}${'x'.repeat(length)}" }]\n`;
    expect(load({ 'a.yaml': text(65_528) }, { env: { A: 'a' } }).diagnostics).toEqual([]);
    expect(load({ 'a.yaml': text(65_529) }, { env: { A: 'a' } }).diagnostics).toMatchObject([
      {
        code: 'too-long',
        message: 'a text with references has 65,536 characters at most, and this one has 65,537',
        source: { line: 2, column: 42 },
      },
    ]);
  });
});
