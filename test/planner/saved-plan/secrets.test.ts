import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/model/digest.ts';
import { RefusedError } from '../../../src/model/errors.ts';
import type { LiveOperator } from '../../../src/model/kinds/operator.ts';
import type { Plan, PlannedChange } from '../../../src/model/plan.ts';
import { SecretBook } from '../../../src/model/secrets.ts';
import { plan } from '../../../src/planner/plan.ts';
import { checkAgainstLive } from '../../../src/planner/saved-plan/check.ts';
import { remainingChanges, staleDifferences } from '../../../src/planner/saved-plan/differences.ts';
import { secretsOfPlan } from '../../../src/planner/saved-plan/filled-values.ts';
import { checkIntegrity } from '../../../src/planner/saved-plan/integrity.ts';
import { desired, live, liveOperator, operator, PLAN_OPTIONS } from '../../support/builders.ts';

const secrets = new SecretBook();
secrets.addSecret('WHO', 'Nobody42');
const WHO = '${secret:WHO}@acme.example';
const who = liveOperator('Nobody42@acme.example', { role: 'admin' });
const ann = liveOperator('ann@acme.example', { role: 'admin' });
const address = secrets.fill(WHO);

function planned(file: Parameters<typeof desired>[0], operators: LiveOperator[]): Plan {
  const state = desired({ ...file, secrets });
  return plan(
    { ...state, owner: state.owner && { ...state.owner, email: address } },
    live(operators),
    PLAN_OPTIONS,
  );
}

function codeOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof RefusedError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

describe('a secret in the e-mail address of a saved plan', () => {
  const update = planned({ operators: [operator(address, { jobTitle: 'Steward' })] }, [who, ann]);

  it('is known again in the account, in whatever case, and shown nowhere', () => {
    expect(JSON.stringify(update)).not.toMatch(/nobody42/i);
    expect(secretsOfPlan(update)).toEqual(['WHO']);
    expect(staleDifferences(update, live([who, ann]), secrets)).toEqual([]);
    expect(codeOf(() => checkAgainstLive(update, live([who, ann]), secrets))).toBe('not refused');
    const respelled = { ...who, email: 'NOBODY42@acme.example' };
    expect(staleDifferences(update, live([respelled, ann]), secrets)).toEqual([]);
  });

  it('is another person where the account has another address there, which shows neither', () => {
    const other = { ...who, email: 'else@acme.example' };
    const differences = staleDifferences(update, live([other, ann]), secrets);
    expect(differences).toEqual([
      { kind: 'operator', key: WHO, path: 'email', planned: WHO, live: 'else@acme.example' },
    ]);
  });

  it('is done where the account has what was created, in whatever case', () => {
    const create = planned({ operators: [operator(address, { jobTitle: 'Steward' })] }, [ann]);
    expect(remainingChanges(create, live([ann]), secrets)).toEqual(create.changes);
    const made = { ...who, email: 'NOBODY42@acme.example', jobTitle: 'Steward' };
    expect(remainingChanges(create, live([ann, made]), secrets)).toEqual([]);
    expect(remainingChanges(create, live([ann, { ...made, jobTitle: null }]), secrets)).toEqual(
      create.changes,
    );
  });

  it('is done where what was moved has its new address, and not before', () => {
    const moved = planned({ operators: [operator('moved@acme.example', { movedFrom: address })] }, [
      who,
      ann,
    ]);
    expect(remainingChanges(moved, live([who, ann]), secrets)).toEqual(moved.changes);
    const after = { ...who, email: 'Moved@acme.example' };
    expect(remainingChanges(moved, live([after, ann]), secrets)).toEqual([]);
  });
});

describe('an owner whose address holds a secret', () => {
  const file = { owner: 'owner', operators: [operator(ann.email, { jobTitle: 'Steward' })] };
  const owned = planned(file, [who, ann]);

  it('is known again in the account', () => {
    expect(owned.account.owner).toBe(WHO);
    expect(codeOf(() => checkAgainstLive(owned, live([who, ann]), secrets))).toBe('not refused');
    expect(codeOf(() => checkAgainstLive(owned, live([ann]), secrets))).toBe(
      `wrong-account: the plan was made for the account of ${WHO}, who is no operator of this one`,
    );
  });

  it('is never deleted and never demoted, whoever wrote the plan', () => {
    const deletes = planned({ operators: [operator(address, { absent: true })] }, [who, ann]);
    const changes = deletes.changes as PlannedChange[];
    const edited = { ...owned, changes, summary: deletes.summary, secrets: deletes.secrets };
    expect(codeOf(() => checkIntegrity({ ...edited, digest: digestOf(edited) }))).toBe(
      `owner: operator ${WHO} is the account owner, who is never deleted and never demoted`,
    );
  });
});
