import { describe, expect, test } from 'vitest';
import { applySavedPlan, checkSavedPlan, parseSavedPlan, render } from '../../src/index.ts';
import { digestOf } from '../../src/model/digest.ts';
import { callsOf, liveAccount, writesOf } from '../support/live-account.ts';
import { connectTo, HOOK_KEY, planned } from './account.ts';

/** A plan as JSON, and the account that it was made for. */
async function saved() {
  const { proposed, simulator } = await planned();
  const text = render(proposed, { format: 'json' });
  simulator.account.requests.length = 0;
  return { simulator, text, proposed };
}

describe('applySavedPlan', () => {
  test('does what was saved, without the files, and looks for it afterwards', async () => {
    const { simulator, text, proposed } = await saved();
    const plan = parseSavedPlan(text, { env: { HOOK_KEY } });
    const report = await applySavedPlan(plan, connectTo(simulator, { desired: plan }));
    expect(report).toMatchObject({ converged: true, planDigest: proposed.digest, summary: { applied: 2 } });
    const { operators, webhooks } = simulator.snapshot();
    expect(operators).toContainEqual(
      expect.objectContaining({ email: 'jon@acme.example', jobTitle: 'Ranger' }),
    );
    expect(webhooks).toContainEqual(
      expect.objectContaining({
        targetUrl: `https://hooks.acme.example/in?key=${HOOK_KEY}`,
        event: 'chat.ended',
      }),
    );
  });

  test('refuses an account that has changed since, says in what, and changes nothing', async () => {
    const { simulator, text } = await saved();
    const jon = simulator.account.operatorByEmail('jon@acme.example');
    if (jon) jon.jobTitle = 'Deserter';
    const plan = parseSavedPlan(text, { env: { HOOK_KEY } });
    await expect(applySavedPlan(plan, connectTo(simulator, { desired: plan }))).rejects.toMatchObject({
      code: 'stale-plan',
      message: 'the account has changed since the plan was made',
      differences: [{ key: 'jon@acme.example', path: 'jobTitle', planned: 'Steward', live: 'Deserter' }],
    });
    expect(writesOf(simulator)).toEqual([]);
  });

  test('refuses the plan of another address before it asks that account anything', async () => {
    const { simulator, text } = await saved();
    const { simulator: other } = await liveAccount(undefined, {}, 'direct');
    const plan = parseSavedPlan(text, { env: { HOOK_KEY } });
    await expect(applySavedPlan(plan, connectTo(other, { desired: plan }))).rejects.toMatchObject({
      code: 'other-account',
      message: `the plan was made for ${simulator.url}, and this is ${other.url}`,
    });
    expect(callsOf(other)).toEqual([]);
  });

  test('reads the account once less where it was just checked', async () => {
    const { simulator, text } = await saved();
    const plan = parseSavedPlan(text, { env: { HOOK_KEY } });
    const account = connectTo(simulator, { desired: plan });
    await checkSavedPlan(plan, account);
    const readings = callsOf(simulator).length;
    await applySavedPlan(plan, account, { isChecked: true });
    expect(callsOf(simulator)).toHaveLength(readings + 2 + readings);
  });
});

describe('parseSavedPlan', () => {
  test('asks for the secret in the address of the owner, by whom the account is known again', async () => {
    const { proposed, simulator } = await planned();
    const plan = { ...proposed, account: { ...proposed.account, owner: '${secret:BOSS}@acme.example' } };
    const text = JSON.stringify({ ...plan, digest: digestOf(plan) });
    expect(() => parseSavedPlan(text, { env: { HOOK_KEY } })).toThrow('secrets that are not set: BOSS');
    const [boss = ''] = simulator.account.operators.map(({ email }) => email.split('@')[0]);
    const saved = parseSavedPlan(text, { env: { HOOK_KEY, BOSS: boss } });
    await expect(checkSavedPlan(saved, connectTo(simulator, { desired: saved }))).resolves.toBeDefined();
  });

  test('names what it was given in each complaint', async () => {
    const { text } = await saved();
    const parse = (edited: string) => () => parseSavedPlan(edited, { env: { HOOK_KEY }, name: 'plan.json' });
    expect(parse('version: 1')).toThrow('plan.json is not a plan: it is no JSON document');
    expect(parse(text.replaceAll('Ranger', 'Stranger'))).toThrow(
      'plan.json was changed after it was saved: its digest does not match',
    );
    expect(parse('{"formatVersion":"0"}')).toThrow('plan.json has formatVersion "0", and this program reads');
  });

  test('takes secrets from what it is given alone', async () => {
    const { text } = await saved();
    expect(() => parseSavedPlan(text)).toThrow('the plan needs secrets that are not set: HOOK_KEY');
  });
});
