import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { planSchema } from '../../src/model/plan-schema.ts';
import type { ApplyReport } from '../../src/model/report.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { live, liveOperator, operator, planFor } from '../support/builders.ts';

const plan = planFor(
  { owner: 'jon@acme.example', operators: [operator('jon@acme.example', { jobTitle: 'Steward' })] },
  live([liveOperator('jon@acme.example')]),
);
const [change] = plan.changes;

const report: ApplyReport = {
  formatVersion: '2',
  tool: plan.tool,
  startedAt: '2026-11-22T10:00:00.000Z',
  finishedAt: '2026-11-22T10:00:02.000Z',
  account: plan.account,
  config: plan.config,
  secrets: { HOOK_KEY: 'a3f1', SHORT: null },
  planDigest: plan.digest,
  interrupted: 'SIGINT',
  summary: { applied: 1, failed: 0, skipped: 0, unknown: 0 },
  changes: [
    {
      action: 'update',
      kind: 'operator',
      key: 'jon@acme.example',
      id: 'a1',
      fields: [{ path: 'jobTitle', before: null, after: 'Steward' }],
      effects: [],
      outcome: 'applied',
      attempts: 2,
      milliseconds: 12,
    },
  ],
  converged: false,
  verificationError: 'the account could not be read',
  remaining: change ? [change] : [],
  remainingDigest: plan.digest,
  managed: plan.managed,
  unmanaged: plan.unmanaged,
};

/** The places of a JSON Schema that describe a key, by path. */
function properties(
  schema: z.core.JSONSchema.BaseSchema,
  path = '',
): [string, z.core.JSONSchema.BaseSchema][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    typeof property === 'boolean'
      ? []
      : [
          [`${path}${name}`, property] as [string, typeof property],
          ...properties(property, `${path}${name}.`),
        ],
  );
  const { items } = schema;
  return items && typeof items === 'object' && !Array.isArray(items)
    ? [...own, ...properties(items, path)]
    : own;
}

describe.each([
  ['plan', planSchema, plan],
  ['report', reportSchema, report],
] as const)('the schema of a %s', (_name, schema, document) => {
  it('takes a whole document, also one that was saved and read', () => {
    expect(schema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it.each([
    ['an unknown key', { ...document, extra: 1 }],
    ['another format', { ...document, formatVersion: '1' }],
    ['a missing key', { ...document, changes: undefined }],
    ['an unknown key further down', { ...document, account: { ...document.account, token: 'x' } }],
    ['a change of no kind', { ...document, changes: [{ ...document.changes[0], kind: 'visitor' }] }],
    ['a count below zero', { ...document, summary: { ...document.summary, create: -1, applied: -1 } }],
    ['text for a list', { ...document, changes: 'none' }],
  ])('refuses %s', (_fault, wrong) => {
    expect(schema.safeParse(wrong).success).toBe(false);
  });

  it('becomes a JSON Schema of draft 2020-12 in which every key is described', () => {
    const json = z.toJSONSchema(schema, { target: 'draft-2020-12' });
    expect(json.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const described = properties(json);
    expect(described.length).toBeGreaterThan(30);
    expect(described.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
  });
});

it.each([
  ['a digest that is none', { digest: 'sha256:abc' }],
  ['a time that is none', { createdAt: 'yesterday' }],
  ['a change with a list for a value', { changes: [{ ...change, after: { name: ['Jon'] } }] }],
  ['"pruned: false"', { changes: [{ ...change, pruned: false }] }],
])('the schema of a plan refuses %s', (_fault, wrong) => {
  expect(planSchema.safeParse({ ...plan, ...wrong }).success).toBe(false);
});
