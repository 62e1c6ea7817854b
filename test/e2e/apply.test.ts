import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { callsOf, liveAccount, writesOf } from '../support/live-account.ts';
import { HAS_TERMINAL, runInTerminal } from '../support/run-in-terminal.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ACME_CONFIG, HOOK_KEY, setUpAcme } from './acme-config.ts';

const QUESTION = "Apply these changes? Only 'yes' is accepted: ";

describe('chaportctl apply', () => {
  test('`chaportctl apply --auto-approve` makes the account as the file says', async () => {
    const { simulator, run } = await setUpAcme();
    const { code, stdout, stderr } = await runProgram(['apply', '--auto-approve'], run);
    expect(code).toBe(0);
    expect(stdout).toContain('Plan: 3 to create, 6 to update, 2 to delete.');
    expect(stdout).toContain('The account was read back: nothing is left to do.');
    expect(stdout).toMatch(/\nApply: 11 applied, 0 failed, 0 skipped, 0 unknown\.\n$/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(11);
    expect(stderr).toMatch(/^✓ created operator arya@acme\.example \(Arya\) \(\d+ ms\)$/m);

    const { account } = simulator;
    expect(
      account.operators.map(({ email, role, jobTitle, lastStatus }) => ({
        email,
        role,
        jobTitle,
        lastStatus,
      })),
    ).toEqual([
      { email: 'owner@acme.example', role: 'admin', jobTitle: undefined, lastStatus: 'online' },
      { email: 'jon@acme.example', role: 'admin', jobTitle: undefined, lastStatus: 'online' },
      { email: 'old.admin@acme.example', role: 'operator', jobTitle: undefined, lastStatus: undefined },
      { email: 'sam@acme.example', role: 'operator', jobTitle: 'Maester', lastStatus: undefined },
      { email: 'anna@partner.example', role: 'operator', jobTitle: undefined, lastStatus: undefined },
      { email: 'arya@acme.example', role: 'operator', jobTitle: undefined, lastStatus: 'away' },
      { email: 'brienne@acme.example', role: 'operator', jobTitle: undefined, lastStatus: 'offline' },
    ]);
    expect(account.webhooks.map(({ event, targetUrl, essential }) => [event, targetUrl, essential])).toEqual([
      ['chat.finished', 'https://crm.acme.example/chats', true],
      ['chat.started', new URL(`https://hooks.acme.example/new?key=${HOOK_KEY}`).href, false],
    ]);
    expect(account.invitations.map(({ email }) => email).sort()).toEqual([
      'arya@acme.example',
      'brienne@acme.example',
    ]);
  });

  test('`chaportctl apply -y` again finds nothing to do, asks nothing and writes nothing', async () => {
    const { simulator, run } = await setUpAcme();
    await runProgram(['apply', '-y'], run);
    const before = writesOf(simulator).length;
    const { code, stdout } = await runProgram(['apply'], run);
    expect(code).toBe(0);
    expect(stdout).toContain('No changes. The account is as the file says, but for 1 unmanaged object.');
    expect(writesOf(simulator)).toHaveLength(before);
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test('`chaportctl apply -y --concurrency 1` makes the calls in the order of the phases', async () => {
    const { simulator, run } = await setUpAcme();
    const id = (email: string) => simulator.account.operatorByEmail(email)?.id;
    const [oldHook, crmHook] = simulator.account.webhooks.map((webhook) => webhook.id);
    const [jon, sam] = [id('jon@acme.example'), id('samwell@acme.example')];
    const [alys, leaver] = [id('old.admin@acme.example'), id('leaver@acme.example')];
    expect(await runProgram(['apply', '-y', '--concurrency', '1'], run)).toMatchObject({ code: 0 });
    const calls = callsOf(simulator);
    expect(calls.slice(0, 2).sort()).toEqual(['GET /events/subscriptions', 'GET /operators']);
    expect(calls.slice(-2).sort()).toEqual(['GET /events/subscriptions', 'GET /operators']);
    expect(calls.slice(2, 4).sort()).toEqual([
      'POST /events/subscriptions',
      `PUT /events/subscriptions/${crmHook}`,
    ]);
    expect(calls.slice(4, -2)).toEqual([
      `PUT /operators/${jon}`,
      `PUT /operators/${sam}`,
      // No demotion before a reading shows the promotion.
      'GET /operators',
      `PUT /operators/${alys}`,
      `DELETE /operators/${leaver}`,
      'POST /operators',
      'POST /operators',
      `POST /operators/${id('arya@acme.example')}/status`,
      `POST /operators/${jon}/status`,
      // Nor is a subscription deleted before a reading shows the new one.
      'GET /events/subscriptions',
      `DELETE /events/subscriptions/${oldHook}`,
    ]);
  });

  test('`chaportctl apply -y --concurrency 3` has so many calls under way at once, and no more', async () => {
    let underWay = 0;
    let most = 0;
    let waiting: (() => void)[] = [];
    const { simulator, env } = await liveAccount(undefined, {
      onRequest: async (_number, { method }) => {
        if (method === 'GET') return;
        underWay += 1;
        most = Math.max(most, underWay);
        // Three are answered only when three are there; a fourth has time to come too early.
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length < 3) return;
          for (const release of waiting) setTimeout(release, 30);
          waiting = [];
        });
      },
      onHandled: (_number, { method }) => {
        if (method !== 'GET') underWay -= 1;
      },
    });
    const people = Array.from({ length: 12 }, (_, n) => `  - { email: p${n}@acme.example, name: P${n} }\n`);
    const cwd = temporaryFolder({ 'chaport.yaml': `version: 1\noperators:\n${people.join('')}` });
    const { code } = await runProgram(['apply', '-y', '--concurrency', '3'], { cwd, env });
    expect(code).toBe(0);
    expect(most).toBe(3);
    expect(simulator.account.invitations).toHaveLength(12);
  });
});

describe('confirmation', () => {
  test('`chaportctl apply` without a terminal refuses and changes nothing', async () => {
    const { simulator, run } = await setUpAcme();
    const { code, stdout, stderr } = await runProgram(['apply'], { ...run, input: 'yes\n' });
    expect(code).toBe(4);
    expect(stdout).toContain('Plan: 3 to create');
    expect(stderr).toMatch(/^Refused: .*no terminal.*\nHint: .*--auto-approve/);
    expect(writesOf(simulator)).toEqual([]);
  });

  test.runIf(HAS_TERMINAL)('`chaportctl apply` on a terminal goes on after yes', async () => {
    const { simulator, run } = await setUpAcme();
    const { code, screen } = await runInTerminal(['apply'], {
      ...run,
      typed: [{ after: QUESTION, text: 'yes\n' }],
    });
    expect(code).toBe(0);
    expect(screen).toContain('Apply: 11 applied');
    expect(screen.split(QUESTION)).toHaveLength(2);
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test.runIf(HAS_TERMINAL).each(['no', 'y', 'Yes', 'YES', 'yes please', ' yes', 'yes ', '', '\u0004'])(
    '`chaportctl apply` on a terminal takes %j for no',
    async (answer) => {
      const { simulator, run } = await setUpAcme();
      const { code, screen } = await runInTerminal(['apply'], {
        ...run,
        typed: [{ after: QUESTION, text: answer === '\u0004' ? answer : `${answer}\n` }],
      });
      expect(code).toBe(4);
      expect(screen).toContain('not confirmed, so nothing was changed');
      expect(writesOf(simulator)).toEqual([]);
    },
  );

  test.runIf(HAS_TERMINAL)('`chaportctl apply` interrupted at the question changes nothing', async () => {
    const { simulator, run } = await setUpAcme();
    const { code, screen } = await runInTerminal(['apply'], {
      ...run,
      typed: [{ after: QUESTION, text: '\u0003' }],
    });
    expect(code).toBe(1);
    expect(screen).toContain('interrupted, and nothing was changed');
    expect(writesOf(simulator)).toEqual([]);
  });

  test.runIf(HAS_TERMINAL)('`chaportctl apply` with nothing to do asks nothing', async () => {
    const { run } = await setUpAcme('version: 1\noperators:\n  - email: jon@acme.example\n');
    const { code, screen } = await runInTerminal(['apply'], run);
    expect(code).toBe(0);
    expect(screen).not.toContain('Apply these changes?');
    expect(screen).toContain('No changes.');
  });
});

describe('guards', () => {
  test('`chaportctl apply -y` of the wrong account says that alone, and changes nothing', async () => {
    const { run, simulator } = await setUpAcme(ACME_CONFIG.replace('owner: owner@', 'owner: other@'));
    const { code, stdout, stderr } = await runProgram(['apply', '-y'], run);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^Refused: account\.owner other@acme\.example is no operator of this account/);
    expect(writesOf(simulator)).toEqual([]);
  });

  test.each([
    [
      'prune would delete too much',
      'version: 1\npolicy: { prune: [operators], maxDeletes: 2 }\noperators:\n  - email: owner@acme.example\n',
      'policy.maxDeletes',
    ],
    [
      'the file asks to change a protected one',
      `${ACME_CONFIG}`.replace(
        '  - email: leaver@',
        '  - email: anna@partner.example\n    jobTitle: Guest\n  - email: leaver@',
      ),
      'policy.protect',
    ],
    [
      'too few admins would be left',
      'version: 1\npolicy: { minAdmins: 2 }\noperators:\n  - { email: old.admin@acme.example, role: operator }\n',
      'policy.minAdmins',
    ],
  ])('`chaportctl apply -y` refuses when %s, and changes nothing', async (_guard, config, reason) => {
    const { simulator, run } = await setUpAcme(config);
    const before = simulator.snapshot();
    const { code, stdout, stderr } = await runProgram(['apply', '-y'], run);
    expect(code).toBe(4);
    expect(stdout).toContain('Refused: this plan can be read, but not applied');
    expect(stdout).toContain(reason);
    expect(stderr).toMatch(/^Refused: /);
    expect(writesOf(simulator)).toEqual([]);
    expect(simulator.snapshot()).toEqual(before);
  });
});

describe('failures', () => {
  test('`chaportctl apply -y` reports a failed create, skips its status, and goes on with the rest', async () => {
    const { simulator, run, cwd } = await setUpAcme();
    // Arya comes first among the creates.
    simulator.addFault({ call: 'POST operators', kind: '400', times: 1 });
    const args = ['apply', '-y', '--concurrency', '1', '--report', 'report.json'];
    const { code, stdout } = await runProgram(args, run);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Failed\n {2}\+ operator arya@acme\.example/m);
    expect(stdout).toMatch(/^Skipped\n {2}~ status arya@acme\.example/m);
    expect(stdout).toContain(
      'To go on from here:\n  chaportctl apply --concurrency 1 --auto-approve --expect-digest sha256:',
    );
    expect(stdout).toMatch(/\nApply: 9 applied, 1 failed, 1 skipped, 0 unknown\.\n/);

    const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
    expect(report).toMatchObject({
      converged: false,
      summary: { applied: 9, failed: 1, skipped: 1, unknown: 0 },
    });
    expect(report.remaining.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'operator arya@acme.example',
      'status arya@acme.example',
    ]);
    expect(simulator.account.operatorByEmail('brienne@acme.example')).toBeDefined();

    expect(await runProgram(['apply', '-y'], run)).toMatchObject({ code: 0 });
    expect(simulator.account.invitations.map(({ email }) => email).sort()).toEqual([
      'arya@acme.example',
      'brienne@acme.example',
    ]);
  });

  test('`chaportctl apply -y` deletes no webhook when a new one could not be made', async () => {
    const { simulator, run } = await setUpAcme();
    simulator.addFault({ call: 'POST events/subscriptions', kind: '400', times: 'forever' });
    const { code, stdout } = await runProgram(['apply', '-y'], run);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Skipped\n {2}- webhook chat\.started https:\/\/hooks\.acme\.example\/old/m);
    expect(simulator.account.webhooks.map(({ targetUrl }) => targetUrl)).toContain(
      'https://hooks.acme.example/old',
    );
    expect(simulator.account.operatorByEmail('arya@acme.example')).toBeDefined();
  });

  test('`chaportctl apply -y` neither deletes nor demotes when a promotion failed', async () => {
    const { simulator, run } = await setUpAcme();
    const jon = simulator.account.operatorByEmail('jon@acme.example')?.id;
    simulator.addFault({ call: `PUT operators/${jon}`, kind: '400', times: 'forever' });
    const { code, stdout } = await runProgram(['apply', '-y'], run);
    expect(code).toBe(3);
    expect(stdout).toContain('8 applied, 1 failed, 2 skipped');
    expect(simulator.account.operatorByEmail('old.admin@acme.example')?.role).toBe('admin');
    expect(simulator.account.operatorByEmail('leaver@acme.example')).toBeDefined();
  });

  test('`chaportctl apply -y` when every change is refused has changed nothing that it says it did', async () => {
    const { simulator, run } = await setUpAcme();
    for (const call of ['POST *', 'PUT *', 'DELETE *']) {
      simulator.addFault({ call, kind: '400', times: 'forever' });
    }
    const before = simulator.snapshot();
    const { code, stdout } = await runProgram(['apply', '-y'], run);
    expect(code).toBe(3);
    expect(stdout).toContain('Apply: 0 applied');
    expect(simulator.snapshot()).toEqual(before);
  });

  test('`chaportctl apply -y` against an account that cannot be read is an error, and nothing was changed', async () => {
    const { simulator, run } = await setUpAcme();
    simulator.addFault({ call: 'GET operators', kind: '500', times: 'forever' });
    const { code, stdout, stderr } = await runProgram(['apply', '-y', '--max-retries', '0'], run);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: GET \/operators/);
    expect(writesOf(simulator)).toEqual([]);
  });
});
