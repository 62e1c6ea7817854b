import { describe, expect, test } from 'vitest';
import { adopt, exportAccount, plan, readAccount, readWholeAccount } from '../../src/index.ts';
import { CONFIG, connectTo, HOOK_KEY, load, planned } from './account.ts';

const OWNER = 'owner@acme.example';

describe('exportAccount', () => {
  test('gives a file that plans to no changes, with its secrets apart', async () => {
    const { simulator, account } = await planned();
    const live = await readWholeAccount(account);
    const { yaml, secrets } = exportAccount(live, { owner: OWNER });
    expect(yaml).not.toContain(HOOK_KEY);
    expect(yaml).toContain(simulator.url);
    const [secret] = secrets;
    const { desired } = await load(yaml.replaceAll(`\${secret:${secret?.name}}`, HOOK_KEY));
    expect(plan(desired, await readAccount(account, desired)).changes).toEqual([]);
  });

  test('writes credentials out and leaves kinds away where it is told to', async () => {
    const { account } = await planned();
    const { yaml } = exportAccount(await readWholeAccount(account), {
      kinds: ['webhook'],
      revealSecrets: true,
    });
    expect(yaml).toContain(HOOK_KEY);
    expect(yaml).not.toContain('anna@partner.example');
  });
});

describe('adopt', () => {
  test('adds to the files what is live but not in them, and writes nothing itself', async () => {
    const { simulator, texts } = await planned();
    // Nobody has to have loaded the files first.
    const live = await readWholeAccount(connectTo(simulator));
    const { files, added } = adopt(live, { texts, into: ['chaport.yaml'], env: { HOOK_KEY } });
    // The owner is nobody's business: they count as unchanged.
    expect(added.operators).toBe(2);
    expect(files.map(({ name }) => name)).toEqual(['chaport.yaml']);
    const after = new TextDecoder().decode(files[0]?.after);
    expect(after).toContain('anna@partner.example');
    expect(after).toContain('key=${secret:HOOK_KEY}');
    expect(new TextDecoder().decode(files[0]?.before)).toBe(CONFIG);
  });
});
