import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/model/errors.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import { checkAgainstLive } from '../../src/planner/saved-plan/check.ts';
import { absentOperator, live, liveOperator, operator, planFor } from '../support/builders.ts';
import { testCases } from './cases.ts';

const ann = 'ann@acme.example';
const bob = 'bob@acme.example';
const owner = 'owner@acme.example';
const off = (email: string, role = 'operator') => liveOperator(email, { role, deactivated: true });
const admin = (email: string) => liveOperator(email, { role: 'admin' });

describe('a deactivated operator', () => {
  testCases([
    {
      name: 'is warned of where the file names them',
      file: { owner, operators: [operator(ann)] },
      operators: [admin(owner), off(ann)],
      warnings: ['deactivated'],
      says: [`operator ${ann} is deactivated: there is no seat for them, so nobody can log in`],
    },
    {
      name: 'is not warned of where they leave, or no file names them',
      file: { owner, operators: [absentOperator(ann)] },
      operators: [admin(owner), off(ann), off(bob)],
      changes: [`- operator ${ann}`],
      unmanaged: [`operator ${bob}`],
    },
    {
      name: 'does not count for minAdmins, be they an admin or to become one',
      file: {
        owner,
        operators: [operator(ann, { role: 'operator' }), operator(bob, { role: 'admin' })],
        policy: { minAdmins: 2 },
      },
      operators: [admin(owner), admin(ann), off(bob)],
      changes: [
        `~ operator ${bob} role: "operator" → "admin"`,
        `~ operator ${ann} role: "admin" → "operator"`,
      ],
      warnings: ['deactivated'],
      refusals: ['min-admins'],
    },
  ]);

  it('is listed so', () => {
    const { changes, unmanaged } = planFor(
      { owner, operators: [absentOperator(ann)] },
      live([admin(owner), off(ann), off(bob)]),
    );
    expect(changes[0]?.about).toMatchObject({ deactivated: true });
    expect(unmanaged).toMatchObject([{ key: bob, deactivated: true }]);
    expect(planFor({ operators: [] }, live([admin(bob)])).unmanaged[0]).not.toHaveProperty('deactivated');
  });

  it('is no admin who stays, when a saved plan is checked', () => {
    const file = { operators: [operator(ann, { role: 'operator' })], policy: { minAdmins: 0 } };
    const made = planFor(file, live([admin(ann), admin(bob)]));
    const check = (other: ReturnType<typeof admin>) => () =>
      checkAgainstLive(made, live([admin(ann), other]), new SecretBook());
    expect(check(admin(bob))).not.toThrow();
    expect(check(off(bob, 'admin'))).toThrow(RefusedError);
  });
});
