import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';

const INPUTS = Number(process.env.FUZZ_INPUTS);
const SECRET = 'correct-horse-battery';
const ENV = { HOOK_KEY: SECRET, SHORT: 'abc', EMPTY: '', OWNER: 'owner@acme.example' };

const root = new URL('../../', import.meta.url);

function yamlFilesUnder(folder: string): Uint8Array[] {
  const url = new URL(folder, root);
  return readdirSync(url, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => readFileSync(new URL(name, url)));
}

const seeds = [...yamlFilesUnder('examples/'), ...yamlFilesUnder('test/config/fixtures/')];

/** What breaks parsers: indicators of YAML, references, odd characters, deep and long things. */
const TOKENS = [
  ...[
    '- ',
    ': ',
    '\n',
    '\t',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '<<: *a\n',
    '? ',
    '!!binary ',
    '!x ',
  ],
  ...[
    '|\n',
    '>-\n',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '#',
    '\r\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '\ud83d',
    '\u202e',
    '~',
    '.inf',
  ],
  ...[
    '${env:OWNER}',
    '${secret:HOOK_KEY}',
    '${secret:SHORT}',
    '${',
    '$${',
    '}',
    '${env:X:-',
    '${secret:EMPTY}',
  ],
  ...[
    '__proto__: ',
    'constructor: ',
    'version: 1\n',
    'operators:\n',
    'webhooks: ',
    'movedFrom: ',
    'status: ',
  ],
  ...['['.repeat(300), '- '.repeat(300), '{a: '.repeat(100), 'x'.repeat(5_000), '1e999', '0x', '-0', 'null'],
].map((token) => new TextEncoder().encode(token));

/** Removes some bytes at a place and puts others there: a token, random bytes, or a part of another seed. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
  insert: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
    fc.uint8Array({ maxLength: 8 }),
    fc
      .tuple(fc.constantFrom(...seeds), fc.nat(2_000), fc.nat(300))
      .map(([seed, from, length]) => seed.subarray(from, from + length)),
  ),
});

const mutated = fc.tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 6 })).map(([seed, edits]) =>
  edits.reduce<Uint8Array>((bytes, { at, remove, insert }) => {
    const start = Math.floor(at * bytes.length);
    return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
  }, seed),
);

describe('the loader under mutated input', () => {
  it('gives a configuration or located complaints, quickly, and never a secret', { timeout: 0 }, () => {
    // Of the processor, not of the clock: another program on the machine is no fault of the loader.
    let slowest = 0;
    fc.assert(
      fc.property(fc.array(mutated, { minLength: 1, maxLength: 2 }), (inputs) => {
        const texts = inputs.map((bytes, index) => ({ name: `${index}.yaml`, bytes }));
        const start = process.cpuUsage();
        const { desired, diagnostics } = parseConfig(texts, { env: ENV });
        const { user, system } = process.cpuUsage(start);
        slowest = Math.max(slowest, (user + system) / 1_000);
        expect(slowest).toBeLessThan(1_000);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(desired === null).toBe(errors.length > 0);
        for (const { code, message, source, excerpt } of diagnostics) {
          expect(code).not.toBe('internal');
          expect(message).not.toBe('');
          expect(source?.line).toBeGreaterThan(0);
          expect(source?.column).toBeGreaterThan(0);
          expect(excerpt?.text.length).toBeLessThanOrEqual(200);
        }
        expect(JSON.stringify(diagnostics)).not.toContain(SECRET);
      }),
      { numRuns: INPUTS },
    );
    process.stdout.write(
      `inputs fuzzed: ${INPUTS}; the slowest took ${Math.round(slowest)} ms of CPU time\n`,
    );
  });
});
