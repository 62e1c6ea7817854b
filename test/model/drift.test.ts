import { describe, expect, test } from 'vitest';
import { checkSameAccount, type Drift, findDrift, sinceApply } from '../../src/model/drift.ts';
import { RefusedError } from '../../src/model/errors.ts';
import type { Plan, PlannedChange } from '../../src/model/plan.ts';
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
import { live, liveOperator } from '../support/builders.ts';

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

const withDrift = (drift: Drift | null) => drift && { since: drift.since, drift, leavers: [], newcomers: [] };

test('the text says drift, since when, and whom it concerns', () => {
  const text = renderPlanText(PLAN, { color: false, width: 80 }, withDrift(findDrift(PLAN, reportOf())));
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'Drift: the files are as they were when they were last applied (2026-11-22T10:00:05.000Z), but the account is not. It concerns 2 objects: operators jon.snow@acme.example (Jon Snow) arya@acme.example (Jon Snow)',
  );
});

test('the Markdown says the same, and no name can leave its place', () => {
  const hostile = jobChange('@everyone|<script>@acme.example');
  const markdown = renderPlanMarkdown(planOf([hostile]), {
    maxBytes: 60_000,
    since: withDrift(findDrift(planOf([hostile]), reportOf())),
  });
  expect(markdown).toMatch(/^\*\*Drift: .* It concerns 1 object:\*\* operator `@everyone/m);
});

test('what is left over is not called drift', () => {
  const drift = findDrift(PLAN, reportOf({ converged: false, remaining: [JON, ARYA] }));
  const sentence =
    'No drift: the last apply (2026-11-22T10:00:05.000Z) did not finish, and all that differs is left over from it.';
  expect(renderPlanText(PLAN, { color: false, width: 200 }, withDrift(drift))).toContain(`${sentence}\n`);
  expect(renderPlanMarkdown(PLAN, { maxBytes: 60_000, since: withDrift(drift) })).toMatch(
    /^\*\*No drift: .* left over from it\.\*\*$/m,
  );
});

test('drift beside what is left over is told apart and counted', () => {
  const drift = findDrift(PLAN, reportOf({ converged: false, remaining: [JON] }));
  expect(drift && driftSentence(drift)).toBe(
    'Drift: the files are as they were when they were last applied (2026-11-22T10:00:05.000Z), but the account is not. 1 object left over from that apply, which did not finish, is not counted. It concerns 1 object:',
  );
});

test('a status that somebody set by hand is no drift', () => {
  const toggled = changeOf(
    'update',
    'status',
    { email: 'jon@acme.example', status: 'away' },
    {
      email: 'jon@acme.example',
      status: 'online',
    },
  );
  expect(findDrift(planOf([toggled]), reportOf())).toBeNull();
  expect(findDrift(planOf([toggled, JON]), reportOf())?.concerns).toEqual([
    { kind: 'operator', key: JON.key },
  ]);
});

describe('since an apply', () => {
  const person = (name: string, id = `id-${name}`) => ({
    kind: 'operator' as const,
    key: `${name}@acme.example`,
    id,
  });
  const hook = { kind: 'webhook' as const, key: 'chat.started https://a.example/?key=***', id: 'id-hook' };
  const hookThen = { kind: 'webhook' as const, key: `chat.started https://a.example/?key=\${secret:KEY}` };
  const since = (unmanaged: object[], managed: object[], last: Partial<ApplyReport>) =>
    sinceApply(planOf([], { unmanaged, managed } as Partial<Plan>), reportOf(last));

  test('whoever left the files and is live still keeps access, and a webhook still receives', () => {
    const last = { managed: [person('ann'), { ...hookThen, id: hook.id }] };
    const { leavers, newcomers } = since([person('ann'), hook], [], last);
    expect(leavers.map(({ key, still }) => [key, still])).toEqual([
      ['ann@acme.example', 'keeps access'],
      [hook.key, 'still receives'],
    ]);
    expect(newcomers).toEqual([]);
  });

  test('a webhook that the apply created is known again by the id that it was given', () => {
    const created = { ...sampleResult(JON, { outcome: 'applied' }), ...hookThen, id: hook.id };
    const { leavers } = since([hook], [], { managed: [hookThen], changes: [created] });
    expect(leavers.map(({ id }) => id)).toEqual([hook.id]);
  });

  test('whoever was nowhere then is new, and whoever was unmanaged then is neither', () => {
    const { leavers, newcomers } = since([person('eve'), person('old')], [person('ann')], {
      managed: [person('ann')],
      unmanaged: [person('old')],
    });
    expect([leavers, newcomers]).toEqual([[], [person('eve')]]);
  });

  test('whoever has another address in the account has not left the files', () => {
    const moved = { ...person('ann.lee'), id: person('ann').id };
    const { leavers, newcomers } = since([moved], [person('ann')], { managed: [person('ann')] });
    expect([leavers, newcomers]).toEqual([[], []]);
  });

  test('all of it is told also where the files have changed, and then there is no drift', () => {
    const told = since([person('ann')], [], {
      managed: [person('ann')],
      config: { files: ['chaport.yaml'], sha256: 'cd'.repeat(32) },
    });
    expect([told.drift, told.leavers.length, told.since]).toEqual([null, 1, '2026-11-22T10:00:05.000Z']);
  });
});

describe('the report of another account', () => {
  const ann = liveOperator('ann@acme.example', { id: 'id-ann' });
  const refusal = (account: object, people = [ann]) => {
    const last = reportOf({ account: { ...PLAN.account, ...account } });
    try {
      checkSameAccount(last, PLAN, live(people), '--since: the report');
      return null;
    } catch (error) {
      if (error instanceof RefusedError) return error.message;
      throw error;
    }
  };

  test('is refused by its base URL, its owner and its witnesses', () => {
    expect(refusal({ baseUrl: 'https://x.example' })).toBe(
      '--since: the report is about https://x.example, and this plan about https://app.chaport.com/api/v1',
    );
    expect(refusal({ owner: 'boss@x.example' })).toBe(
      '--since: the report is about the account of boss@x.example, and this plan about that of owner@acme.example',
    );
    expect(refusal({ witnesses: ['id-bob', 'id-cid'] })).toBe(
      '--since: the report is about another account: none of the people by whom it is known again are in this one',
    );
  });

  test('is this one where one witness is live, or nobody can tell', () => {
    expect(refusal({ owner: 'OWNER@acme.example', witnesses: ['id-bob', 'id-ann'] })).toBeNull();
    expect(refusal({})).toBeNull();
    const last = reportOf({ account: { ...PLAN.account, witnesses: ['id-bob'] } });
    expect(() => checkSameAccount(last, PLAN, live(null, []), 'it')).not.toThrow();
    expect(() => checkSameAccount(last, PLAN, null, 'it')).not.toThrow();
  });
});
