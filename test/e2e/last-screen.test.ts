import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { liveAccount, writesOf } from '../support/live-account.ts';
import { HAS_TERMINAL, runInTerminal } from '../support/run-in-terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const QUESTION = "Apply these changes? Only 'yes' is accepted: ";
const numbered = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, n) => make(n));

test.runIf(HAS_TERMINAL)(
  'the last 24 lines above the question of 60 changes name all ten grave ones, the headline and the account',
  async () => {
    const person = (email: string, name: string) => ({ email, name, role: 'operator' as const });
    const { env, simulator, baseUrl } = await liveAccount({
      owner: 'owner@acme.example',
      operators: [
        { email: 'owner@acme.example', name: 'Olenna', role: 'admin' },
        ...numbered(7, (n) => person(`leaver${n}@acme.example`, `Leaver ${n}`)),
        ...numbered(2, (n) => person(`chief${n}@acme.example`, `Chief ${n}`)),
        ...numbered(25, (n) => person(`agent${n}@acme.example`, `Agent ${n}`)),
      ],
      webhooks: [],
    });
    const entries = [
      ...numbered(7, (n) => `{ email: leaver${n}@acme.example, state: absent }`),
      ...numbered(2, (n) => `{ email: chief${n}@acme.example, role: admin }`),
      ...numbered(25, (n) => `{ email: agent${n}@acme.example, jobTitle: Support agent }`),
      ...numbered(25, (n) => `{ email: new${n}@acme.example, name: New ${n} }`),
    ];
    const hook = 'webhooks:\n  - { url: "https://crm.acme.example/in", events: [chat.started] }\n';
    const file = `version: 1\naccount: { owner: owner@acme.example }\noperators:\n${entries.map((entry) => `  - ${entry}\n`).join('')}${hook}`;
    const cwd = temporaryFolder({ 'chaport.yaml': file });
    const { code, screen } = await runInTerminal(['apply'], {
      cwd,
      env,
      typed: [{ after: QUESTION, text: 'no\n' }],
    });
    expect(code).toBe(4);
    expect(writesOf(simulator)).toEqual([]);
    const above = stripVTControlCharacters(screen.slice(0, screen.indexOf(QUESTION))).split(/\r?\n/);
    const rows = above.flatMap((line) => numbered(Math.max(1, Math.ceil(line.length / 80)), () => line));
    const last = rows.slice(-24).join('\n');
    for (const { email, name } of [
      ...numbered(7, (n) => person(`leaver${n}@acme.example`, `Leaver ${n}`)),
      ...numbered(2, (n) => person(`chief${n}@acme.example`, `Chief ${n}`)),
    ]) {
      expect(last).toContain(`    ${email} (${name})`);
    }
    expect(last).toContain('    crm.acme.example: chat.started\n  and 25 more above\n');
    expect(last).toContain('This plan will invite 25 people, take access from 7 people for good');
    expect(last).toContain(`Account ${baseUrl}`);
    expect(last).toContain('Plan: 26 to create, 27 to update, 7 to delete.');
    // Equal changes are one block with its people.
    expect(above.filter((line) => line.includes('"Support agent"'))).toHaveLength(1);
    expect(above.join('\n')).toContain('each of these 25 operators:');
  },
);
