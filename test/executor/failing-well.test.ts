import { describe, expect, test } from 'vitest';
import { person, rehearsal, resultOf } from './run.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
const update = (name: string) => `  - { email: ${name}@acme.example, name: Other }`;
const remove = (name: string) => `  - { email: ${name}@acme.example, state: absent }`;

describe('when more than half of ten or more changes have failed', () => {
  test.each([
    [10, 6, 'skipped'],
    [10, 5, 'applied'],
    [9, 9, 'applied'],
  ])('of %i, %i: deletes are %s', async (count, failing, outcome) => {
    const all = names(count);
    const { run } = await rehearsal({
      operators: [...all, 'rast'].map((name) => person(name)),
      lines: ['operators:', ...all.map(update), remove('rast')],
      simulator: { faults: [{ call: 'PUT operators/*', kind: '400', times: failing }] },
    });
    expect(run.report?.summary.failed).toBe(failing);
    expect(resultOf(run, 'operator', 'rast@acme.example').outcome).toBe(outcome);
    if (outcome === 'skipped') {
      expect(resultOf(run, 'operator', 'rast@acme.example').error).toBe(
        'skipped because 6 of the 10 changes before it did not succeed, and then nothing more is deleted',
      );
    }
  });

  test('no further delete begins', async () => {
    const all = names(20);
    const { run, changes } = await rehearsal({
      operators: all.map((name) => person(name)),
      lines: ['policy: { maxDeletes: 100% }', 'operators:', ...all.map(remove)],
      concurrency: 1,
      simulator: { faults: [{ call: 'DELETE operators/*', kind: '403', times: 'forever' }] },
    });
    expect(changes).toHaveLength(10);
    expect(run.report?.summary).toMatchObject({ failed: 10, skipped: 10 });
    expect(run.exit).toBe(3);
  });
});
