import { expect, test } from 'vitest';
import { findDrift } from '../../src/model/drift.ts';
import type { PlannedChange } from '../../src/model/plan.ts';
import type { ApplyReport, Outcome } from '../../src/model/report.ts';
import { renderPlanMarkdown } from '../../src/render/markdown/plan.ts';
import { renderPlanText } from '../../src/render/text/plan.ts';
import { driftSentence } from '../../src/render/wording.ts';
import {
  changeOf,
  operatorFields,
  planOf,
  reportOf as sampleReport,
  resultOf as sampleResult,
} from '../render/sample-plans.ts';

const jobChange = (email: string) =>
  changeOf('update', 'operator', operatorFields(email, { jobTitle: 'Steward' }), operatorFields(email));
const JON = jobChange('jon.snow@acme.example');
const ARYA = jobChange('arya@acme.example');
const PLAN = planOf([JON, ARYA]);

const reportOf = (rest: Partial<ApplyReport> = {}) =>
  sampleReport([], { config: PLAN.config, planDigest: PLAN.digest, ...rest });

const resultOf = (change: PlannedChange, outcome: Outcome) => sampleResult(change, { outcome });

test('what differs is drift where the files are as they were when they were applied', () => {
  const drift = findDrift(PLAN, reportOf());
  expect(drift).toEqual({
    since: '2026-11-22T10:00:05.000Z',
    concerns: [
      { kind: 'operator', key: 'jon.snow@acme.example' },
      { kind: 'operator', key: 'arya@acme.example' },
    ],
    leftOver: [],
  });
});

test('changed files are no drift', () => {
  expect(
    findDrift(PLAN, reportOf({ config: { files: ['chaport.yaml'], sha256: 'cd'.repeat(32) } })),
  ).toBeNull();
});

test('an account that is as the files say has no drift', () => {
  expect(findDrift(planOf([]), reportOf())).toBeNull();
});

test('what the last apply did not finish is left over, and the rest is drift', () => {
  const drift = findDrift(PLAN, reportOf({ converged: false, remaining: [JON] }));
  expect(drift?.concerns).toEqual([{ kind: 'operator', key: ARYA.key }]);
  expect(drift?.leftOver).toEqual([{ kind: 'operator', key: JON.key }]);
});

test.each(['failed', 'skipped', 'unknown'] as const)(
  'a %s change is left over where the account could not be read back',
  (outcome) => {
    const last = reportOf({
      converged: false,
      verificationError: 'the account does not answer',
      changes: [resultOf(JON, outcome), resultOf(ARYA, 'applied')],
    });
    expect(findDrift(PLAN, last)).toMatchObject({
      concerns: [{ key: ARYA.key }],
      leftOver: [{ key: JON.key }],
    });
  },
);

test('the text says drift, since when, and whom it concerns', () => {
  const text = renderPlanText(PLAN, { color: false, width: 80 }, findDrift(PLAN, reportOf()));
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'Drift: the files are as they were when they were last applied (2026-11-22T10:00:05.000Z), but the account is not. It concerns 2 objects: operators jon.snow@acme.example, arya@acme.example',
  );
});

test('the Markdown says the same, and no name can leave its place', () => {
  const hostile = jobChange('@everyone|<script>@acme.example');
  const markdown = renderPlanMarkdown(planOf([hostile]), {
    maxBytes: 60_000,
    drift: findDrift(planOf([hostile]), reportOf()),
  });
  expect(markdown).toMatch(/^\*\*Drift: .* It concerns 1 object:\*\* operator `@everyone/m);
});

test('what is left over is not called drift', () => {
  const drift = findDrift(PLAN, reportOf({ converged: false, remaining: [JON, ARYA] }));
  const sentence =
    'No drift: the last apply (2026-11-22T10:00:05.000Z) did not finish, and all that differs is left over from it.';
  expect(renderPlanText(PLAN, { color: false, width: 200 }, drift)).toContain(`${sentence}\n`);
  expect(renderPlanMarkdown(PLAN, { maxBytes: 60_000, drift })).toMatch(
    /^\*\*No drift: .* left over from it\.\*\*$/m,
  );
});

test('drift beside what is left over is told apart and counted', () => {
  const drift = findDrift(PLAN, reportOf({ converged: false, remaining: [JON] }));
  expect(drift && driftSentence(drift)).toBe(
    'Drift: the files are as they were when they were last applied (2026-11-22T10:00:05.000Z), but the account is not. 1 object left over from that apply, which did not finish, is not counted. It concerns 1 object:',
  );
});
