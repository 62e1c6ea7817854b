import { describe, expect, it } from 'vitest';
import { SecretBook } from '../../src/model/secrets.ts';
import { live, liveOperator, liveWebhook, operator, planFor, webhook } from '../support/builders.ts';

const STARTED = 'chat.started';
const secrets = new SecretBook();
secrets.addSecret('TENANT', 'AcmeT3nant');
const TENANT_HOOK = 'https://${secret:TENANT}.hooks.example/in';
const hook = liveWebhook(STARTED, 'https://acmet3nant.hooks.example/in');

describe('a host that holds a secret', () => {
  it('is shown by its name in what is deleted, whose effects and key say so', () => {
    const made = planFor({ webhooks: [], secrets }, live(null, [hook]), { prune: true });
    expect(JSON.stringify(made)).not.toMatch(/acmet3nant/i);
    expect(made.changes).toMatchObject([
      {
        key: `${STARTED} ${TENANT_HOOK}`,
        before: { targetUrl: TENANT_HOOK },
        effects: [{ text: 'stops sending chat data to ${secret:TENANT}.hooks.example' }],
      },
    ]);
  });

  it('is shown by its name in what is unmanaged', () => {
    const made = planFor({ webhooks: [], secrets }, live(null, [hook]));
    expect(made.unmanaged.map(({ key }) => key)).toEqual([`${STARTED} ${TENANT_HOOK}`]);
  });

  it('is shown by its name where a subscription moves away from it', () => {
    const moved = webhook(STARTED, 'https://new.example/', { movedFrom: secrets.fill(TENANT_HOOK) });
    const made = planFor({ webhooks: [moved], secrets }, live(null, [hook]));
    expect(JSON.stringify(made)).not.toMatch(/acmet3nant/i);
    expect(made.changes).toMatchObject([{ before: { targetUrl: TENANT_HOOK } }]);
    expect(made.changes[0]?.effects.map(({ text }) => text)).toEqual([
      'starts sending chat data to new.example',
      'stops sending chat data to ${secret:TENANT}.hooks.example',
    ]);
  });
});

describe('what only the account knows', () => {
  it('is shown with its secrets by their names, also in what nobody can write', () => {
    const jon = liveOperator('jon@acme.example', {
      name: 'AcmeT3nant Jon',
      lastActivityAt: 'since AcmeT3nant',
    });
    const file = { operators: [operator(jon.email, { name: undefined, jobTitle: 'Steward' })], secrets };
    const made = planFor(file, live([jon]));
    expect(made.changes[0]?.about).toEqual({
      name: '${secret:TENANT} Jon',
      lastActivityAt: 'since ${secret:TENANT}',
    });
  });

  it('keeps the words of a fixed few as they are: the guards live by them', () => {
    const words = new SecretBook();
    words.addSecret('ROLE', 'operator');
    const jon = liveOperator('jon@acme.example');
    const made = planFor({ operators: [], secrets: words }, live([jon]), { prune: true });
    expect(made.changes[0]?.before).toMatchObject({ role: 'operator' });
  });
});
