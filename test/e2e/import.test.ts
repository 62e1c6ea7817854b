import { chmodSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BASE = `version: 1

operators:
  - email: ann@acme.example
    name: Ann # first
  - email: bo@acme.example
    name: Bo
  - email: cy@acme.example
    name: Cy
`;
const PRODUCTION = `version: 1

include: [../base]

policy:
  maxDeletes: 1

overrides:
  operators:
    - email: ann@acme.example
      jobTitle: Lead
`;
const LIST =
  '\ufeffVorname;Nachname;E-Mail;Position;Abteilung\r\nAnna;Arp;ann@acme.example;Head;Wall\r\n;Bo;bo@acme.example;;\r\nNeu;Mann;neu@acme.example;;\r\n';

describe('chaportctl import', () => {
  it('shows first, then writes people where they stand, and finds nothing to do afterwards', async () => {
    const cwd = temporaryFolder({
      'base/team.yaml': BASE,
      'prod/chaport.yaml': PRODUCTION,
      'staff.csv': LIST,
    });
    const read = (file: string) => readFileSync(path.join(cwd, file), 'utf8');
    chmodSync(path.join(cwd, 'base/team.yaml'), 0o640);
    const args = ['import', 'staff.csv', '--into', 'prod/chaport.yaml', '--leavers', 'absent'];
    const dry = await runProgram([...args, '--dry-run'], { cwd });
    expect(dry.code).toBe(2);
    expect(dry.stdout).toContain('\n-      jobTitle: Lead\n+      jobTitle: Head\n');
    expect(dry.stdout).toContain('\n-    name: Ann # first\n+    name: Anna Arp # first\n');
    expect(dry.stderr).toContain('Columns that were not used: Abteilung\n');
    expect(dry.stderr).toContain('This would add 1 person, change 1 person, mark 1 person `state: absent`');
    expect([read('base/team.yaml'), read('prod/chaport.yaml')]).toEqual([BASE, PRODUCTION]);

    const run = await runProgram(args, { cwd });
    expect(run).toMatchObject({ code: 0, stdout: dry.stdout });
    expect(run.stderr).toContain('No longer in the list:\n  Cy <cy@acme.example>\n');
    expect(read('base/team.yaml')).toBe(
      BASE.replace('name: Ann #', 'name: Anna Arp #').replace(
        '    name: Cy',
        '    state: absent\n    name: Cy',
      ),
    );
    expect(read('prod/chaport.yaml')).toContain(
      'operators:\n  - email: neu@acme.example\n    name: Neu Mann\n',
    );
    expect(statSync(path.join(cwd, 'base/team.yaml')).mode & 0o777).toBe(0o640);
    expect(await runProgram([...args, '--dry-run'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect((await runProgram(['validate', '-f', 'prod'], { cwd })).code).toBe(0);
  });

  it('refuses half a list, and writes nothing', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': BASE, 'staff.csv': 'email,name\nnew@acme.example,New\n' });
    const run = await runProgram(['import', 'staff.csv', '--into', 'chaport.yaml', '--leavers', 'absent'], {
      cwd,
    });
    expect(run).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining('Refused: 3 of the 3 people'),
    });
    expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toBe(BASE);
  });

  it('takes the list from standard input, and says what is missing', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': BASE, 'staff.xlsx': 'PK\u0003\u0004 xl/workbook.xml' });
    const into = ['--into', 'chaport.yaml'];
    const piped = await runProgram(['import', '-', ...into, '--column', 'email=Wer', '--dry-run'], {
      cwd,
      input: 'Wer,Name\nann@acme.example,Ann\n',
    });
    expect(piped).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Nothing to do') });
    for (const [args, message] of [
      [['staff.xlsx', ...into], 'this is an Excel workbook (.xlsx), and a staff list is text'],
      [into, 'say which staff list'],
      [['staff.csv'], 'say which file the people go into, with --into FILE'],
      [['staff.csv', ...into, '--column', 'mail=X'], 'did you mean email?'],
    ] as const) {
      const run = await runProgram(['import', ...args], { cwd });
      expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) });
    }
  });
});
