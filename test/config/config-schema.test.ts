import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../src/config/index.ts';
import { FIXTURES, fixture } from './load.ts';

type Schema = { [key: string]: unknown; properties?: Record<string, Schema> };

const schema = configJsonSchema() as Schema;
const validate = new Ajv2020({
  allowUnionTypes: true,
  keywords: ['errorMessage', 'patternErrorMessage', 'defaultSnippets'],
}).compile(schema);
const accepts = (text: string | Uint8Array) =>
  validate(parse(typeof text === 'string' ? text : new TextDecoder().decode(text), { merge: true }));

/** Every key of every map in the schema, by its path. */
function keysOf(node: unknown, path = ''): [string, Schema][] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {}, ...rest } = node as Schema;
  const own = Object.entries(properties).flatMap(([key, value]): [string, Schema][] => [
    [`${path}/${key}`, value],
    ...keysOf(value, `${path}/${key}`),
  ]);
  const { examples: _examples, ...parts } = rest;
  return [...own, ...Object.values(parts).flatMap((part) => keysOf(part, path))];
}

describe('the JSON Schema of a configuration', () => {
  it('explains every key with a title, a description and examples', () => {
    const keys = keysOf(schema);
    expect(keys.length).toBeGreaterThan(35);
    for (const [path, key] of keys) {
      expect([path, key]).toEqual([
        path,
        expect.objectContaining({
          title: expect.any(String),
          description: expect.any(String),
        }),
      ]);
      // More than a word is a snippet: editors would offer it as "[object Object]".
      expect([path, key.examples ?? key.defaultSnippets]).toEqual([path, expect.any(Array)]);
    }
  });

  it('gives only examples that it accepts itself', () => {
    for (const [path, key] of keysOf(schema)) {
      const check = new Ajv2020({ allowUnionTypes: true, strict: false }).compile(key);
      for (const example of (key.examples ?? []) as unknown[])
        expect([path, example, check(example)]).toEqual([path, example, true]);
    }
  });

  it.each(readdirSync(new URL('valid/', FIXTURES)))('accepts valid/%s', (name) => {
    expect(accepts(fixture(`valid/${name}`))).toBe(true);
  });

  it('accepts references wherever a string may stand', () => {
    const text = `version: 1
account: { owner: "\${env:OWNER}" }
policy: { maxDeletes: "\${env:N}", minAdmins: "\${env:N}" }
operators: [{ email: "\${secret:A}", role: "\${env:ROLE}", status: { value: "\${env:S}", ttl: "\${env:T}", until: "\${env:U}" } }]
webhooks: [{ url: "\${secret:URL}", events: ["\${env:EVENT}"] }]
`;
    expect(accepts(text)).toBe(true);
  });

  it.each([
    'unknown-key',
    'unknown-key-far',
    'list-for-map',
    'map-for-list',
    'empty-section',
    'version-2',
    'version-in-quotes',
    'number-for-text',
    'missing-email',
    'bad-email',
    'bad-role',
    'bad-state',
    'bad-event',
    'event-for-list',
    'no-events',
    'http-url',
    'bad-duration',
    'bad-status',
    'bad-policy',
    'bad-prune-map',
  ])('rejects %s.yaml', (name) => {
    expect(accepts(fixture(`${name}.yaml`))).toBe(false);
  });
});
