import { describe, expect, it } from 'vitest';
import { neededLists } from '../../src/planner/plan.ts';
import { desired, live, liveOperator, liveWebhook, planFor } from '../support/builders.ts';
import { testCases } from './cases.ts';

const ann = liveOperator('ann@acme.example', { id: 'id-ann' });
const WEB = 'https://app.chaport.com/api/v1';

describe('account', () => {
  testCases([
    {
      name: 'holds where the operator with that id is there and the address is one of those',
      file: { operators: [], account: { operatorId: 'id-ann', baseUrls: ['https://x.example', `${WEB}/`] } },
      operators: [ann],
      unmanaged: ['operator ann@acme.example'],
    },
    {
      name: 'says alone that no operator has the id, whatever else is wrong',
      file: {
        operators: [],
        account: { operatorId: 'id-bob' },
        policy: { unmanaged: { operators: 'refuse' } },
      },
      operators: [ann],
      errors: ['refused: wrong-account'],
      says: [
        'account.operatorId id-bob is the id of no operator of this account: it is the wrong account; use the token of the account that the file is about, or correct account.operatorId',
      ],
    },
    {
      name: 'says alone that another address is in use',
      file: { operators: [], account: { baseUrls: ['https://app.chaport.ru/api/v1', 'https://x.example'] } },
      operators: [ann],
      errors: ['refused: wrong-account'],
      says: [
        `account.baseUrl is https://app.chaport.ru/api/v1 or https://x.example, and the address in use is ${WEB}: it is the wrong account; use the address that the file is about (\`--base-url\`), or correct account.baseUrl`,
      ],
    },
    {
      name: 'says which owner is not there',
      file: { operators: [], owner: 'bob@acme.example' },
      operators: [ann],
      errors: ['refused: wrong-account'],
      says: [
        'account.owner bob@acme.example is no operator of this account: it is the wrong account; use the token of the account that the file is about, or correct account.owner',
      ],
    },
  ]);

  it('has operators read for the id, but not for the address', () => {
    const needed = (account: object) => [...neededLists(desired({ webhooks: [], account }))];
    expect(needed({ operatorId: 'id-ann' })).toEqual(['operators', 'webhooks']);
    expect(needed({ baseUrls: [WEB] })).toEqual(['webhooks']);
  });

  it('compares addresses whatever the case of the host', () => {
    const file = { webhooks: [], account: { baseUrls: ['https://APP.chaport.com:443/api/v1/'] } };
    expect(planFor(file, live(null, [liveWebhook('a.b', 'https://x.example/')])).summary.unmanaged).toBe(1);
  });

  it('is not asked again of an account that such a plan has just changed', () => {
    const file = { operators: [], account: { operatorId: 'id-bob' } };
    expect(() => planFor(file, live([ann]))).toThrow('id-bob');
    expect(planFor(file, live([ann]), { again: true }).summary.unmanaged).toBe(1);
  });
});
