import { expect, test } from 'vitest';
import { overviewOf } from '../../src/model/overview.ts';
import { parseTarget } from '../../src/planner/targets.ts';
import { live, liveOperator, operator, planFor } from '../support/builders.ts';

const ann = liveOperator('ann@acme.example');
const eve = liveOperator('eve@acme.example', { role: 'admin', name: 'Eve' });

test('counts the admins among the unmanaged, and names the sections that were not looked at', () => {
  const made = planFor({ operators: [] }, live([ann, eve]));
  expect(overviewOf(made)).toMatchObject({
    unmanaged: 2,
    unmanagedAdmins: 1,
    onlyTargets: [],
    sectionsNotRead: ['webhooks'],
  });
  expect(overviewOf(planFor({ operators: [], webhooks: [] }, live([], []))).sectionsNotRead).toEqual([]);
});

test('counts a section as looked at where the policy watches it', () => {
  const policy = { unmanaged: { operators: 'warn' as const } };
  expect(overviewOf(planFor({ webhooks: [], policy }, live([ann], []))).sectionsNotRead).toEqual([]);
});

test('names the targets beside which nothing was looked at', () => {
  const made = planFor({ operators: [operator(ann.email)] }, live([ann, eve]), {
    targets: [parseTarget('operator:ann@*')],
  });
  expect(overviewOf(made)).toMatchObject({ unmanaged: 0, onlyTargets: ['operator:ann@*'] });
});
