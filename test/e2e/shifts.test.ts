import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LiveOperator } from '../../src/model/kinds/operator.ts';
import { loadConfig } from '../../src/operations/load.ts';
import { plan } from '../../src/operations/plan.ts';
import { aTeam } from '../pipelines/team.ts';
import { PROJECT, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROTA = `version: 1
policy:
  coverage:
    - { name: office hours, days: mon-fri, from: "09:00", to: "18:00", online: 2 }
operators:
  - { email: jon.snow@acme.example, name: Jon Snow }
  - { email: ann@acme.example, name: Ann }
  - { email: new@acme.example, name: New, status: { value: away, mode: initial } }
shifts:
  timeZone: Europe/Berlin
  rota:
    early: { days: mon-fri, from: "08:00", to: "16:00", who: [jon.snow@acme.example, new@acme.example] }
    late: { days: mon-fri, from: "16:00", to: "22:00", who: [jon.snow@acme.example] }
`;

const person = (email: string, more: Partial<LiveOperator>): LiveOperator => ({
  id: email.padEnd(24, '0'),
  email,
  name: email,
  language: null,
  jobTitle: null,
  role: 'operator',
  image: null,
  lastStatus: null,
  realStatus: null,
  lastLoginAt: null,
  lastActivityAt: null,
  ...more,
});

/** The statuses and the warnings of a plan on Tuesday, 24 November 2026. */
async function plannedAt(time: string, live: readonly LiveOperator[], text = ROTA, again = false) {
  const cwd = temporaryFolder({ 'chaport.yaml': text });
  const { desired, diagnostics } = await loadConfig('chaport.yaml', { cwd });
  if (!desired) throw new Error(JSON.stringify(diagnostics));
  const account = { baseUrl: 'https://app.chaport.com/api/v1', live: { operators: live }, askedAt: 0 };
  const made = plan(desired, account, { now: new Date(`2026-11-24T${time}:00Z`), again });
  const statuses = made.changes.filter(({ kind }) => kind === 'status');
  return {
    made,
    set: statuses.map(({ key, after }) => `${key} ${after?.status} ${after?.validUntil ?? after?.ttl}`),
    warned: made.warnings.filter(({ code }) => code === 'not-online').map(({ message }) => message),
  };
}

const JON = 'jon.snow@acme.example';
const offline = { lastStatus: 'offline', realStatus: 'offline' };
const online = { lastStatus: 'online', realStatus: 'online' };
const NEW = person('new@acme.example', online);
const UNTIL_NIGHT = `${JON} online 2026-11-24T21:00:00Z`;

describe('a plan of a rota', () => {
  test('sets who is on shift until the last shift that touches ends, and nobody else', async () => {
    const live = [person(JON, offline), person('ann@acme.example', offline), NEW];
    const { set, made } = await plannedAt('07:30', live);
    expect(set).toEqual([UNTIL_NIGHT]);
    expect(made.shifts).toMatchObject({ from: '2026-11-23', to: '2026-11-29', timeZone: 'Europe/Berlin' });
    expect((await plannedAt('21:00', live)).set).toEqual([]);
    expect((await plannedAt('06:59', live)).set).toEqual([]);
  });

  test('counts what visitors see, but not for who is deactivated and not after an apply', async () => {
    const lapsed = { lastStatus: 'online', realStatus: 'offline' };
    const seen = async (more: Partial<LiveOperator>, again = false) =>
      (await plannedAt('07:30', [person(JON, more), NEW], ROTA, again)).set;
    expect(await seen(lapsed)).toEqual([UNTIL_NIGHT]);
    expect(await seen({ lastStatus: 'away', realStatus: 'online' })).toEqual([UNTIL_NIGHT]);
    expect(await seen({ ...lapsed, deactivated: true })).toEqual([]);
    expect(await seen(lapsed, true)).toEqual([]);
    expect(await seen(online)).toEqual([]);
  });

  test('leaves a person alone once grace is over, and says so; enforce does not', async () => {
    const live = [person(JON, offline), NEW];
    const late = await plannedAt('08:00', live);
    expect(late.set).toEqual([]);
    expect(late.warned).toEqual([expect.stringMatching(/^jon\.snow@acme\.example is on the shift "early" /)]);
    // The late shift touches: it brings no grace of its own.
    expect((await plannedAt('15:10', live)).warned).toHaveLength(1);
    const enforced = ROTA.replace('  rota:', '  handover: enforce\n  rota:');
    expect((await plannedAt('12:00', live, enforced)).set).toEqual([UNTIL_NIGHT]);
    expect((await plannedAt('20:56', live, enforced)).set).toEqual([]);
    expect((await plannedAt('20:55', live, enforced)).set).toEqual([UNTIL_NIGHT]);
  });

  test('lets the shift win where it creates the person, and defaults give way to shifts', async () => {
    const live = [person(JON, online)];
    expect((await plannedAt('10:00', live)).set).toEqual(['new@acme.example online 2026-11-24T15:00:00Z']);
    expect((await plannedAt('20:00', live)).set).toEqual(['new@acme.example away 28800']);
    const defaults = ROTA.replace(
      'operators:',
      'defaults: { status: { value: online, ttl: 1h } }\noperators:',
    );
    const people = [person(JON, offline), person('ann@acme.example', offline), NEW];
    expect((await plannedAt('21:30', people, defaults)).set).toEqual(['ann@acme.example online 3600']);
  });
});

test('an apply sets online who is on shift, the next one does nothing, and nobody on shift is no error', async () => {
  const now = new Date();
  const hour = (offset: number) => `${String((now.getUTCHours() + offset + 24) % 24).padStart(2, '0')}:00`;
  const text = ROTA.replace('Europe/Berlin', 'UTC')
    .replace(/mon-fri, from: "08:00", to: "16:00"/, `daily, from: "${hour(0)}", to: "${hour(3)}"`)
    .replace(/mon-fri, from: "16:00", to: "22:00"/, `daily, from: "${hour(5)}", to: "${hour(6)}"`)
    .replace(', new@acme.example]', ']')
    .replace('  rota:', '  handover: enforce\n  rota:')
    .replace(/^ {2}- \{ email: (?:new|ann).*\n/gm, '');
  const team = await aTeam(text);
  team.changeByHand(JON, { lastStatus: 'offline', realStatus: 'offline' });
  const run = (...args: string[]) => runProgram(args, { cwd: team.workspace, env: team.env });
  const first = await run('apply', '--target', 'status', '-y');
  expect(first, first.stderr).toMatchObject({ code: 0 });
  const jon = () => team.simulator.account.operators.find(({ email }) => email === JON);
  expect(jon()).toMatchObject({ lastStatus: 'online', realStatus: 'online' });
  const second = await run('apply', '--target', 'status', '-y');
  expect(second).toMatchObject({ code: 0 });
  expect(second.stdout).toContain('No changes');
  // It lapsed, whatever was last set.
  team.changeByHand(JON, { lastStatus: 'online', realStatus: 'offline' });
  expect((await run('apply', '--target', 'status', '-y')).stdout).toMatch(/1 applied/);
  expect(jon()).toMatchObject({ realStatus: 'online' });
  team.write(text.replace(/ {4}(?:early|late): .*\n/g, '').replace('  rota:', '  rota: {}'));
  expect(await run('apply', '--target', 'status', '-y')).toMatchObject({ code: 0 });
});

describe('chaportctl shifts', () => {
  const run = (...args: string[]) => {
    const files = {
      'chaport.yaml': ROTA,
      'other.yaml': ROTA.replace('to: "22:00"', 'to: "21:00"'),
      'none.yaml': 'version: 1\noperators: []\n',
    };
    return runProgram(['shifts', ...args], { cwd: temporaryFolder(files), env: {} });
  };

  test('prints JSON of whole shifts and gaps, and --check exits with 4', async () => {
    const { code, stdout } = await run(
      '--from',
      '2026-11-24',
      '--to',
      '2026-11-24',
      '--check',
      '--format',
      'json',
    );
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toEqual({
      from: '2026-11-24',
      to: '2026-11-24',
      timeZone: 'Europe/Berlin',
      shifts: [
        { shift: 'early', who: JON, from: '2026-11-24T07:00:00Z', until: '2026-11-24T15:00:00Z' },
        {
          shift: 'early',
          who: 'new@acme.example',
          from: '2026-11-24T07:00:00Z',
          until: '2026-11-24T15:00:00Z',
        },
        { shift: 'late', who: JON, from: '2026-11-24T15:00:00Z', until: '2026-11-24T21:00:00Z' },
      ],
      gaps: [
        {
          rule: 'office hours',
          from: '2026-11-24T15:00:00Z',
          until: '2026-11-24T17:00:00Z',
          online: 1,
          needed: 2,
          source: { file: 'chaport.yaml', line: 4, column: 7 },
        },
      ],
      off: [],
    });
  });

  test('--compare tells who gains and loses, seen from -f, and exits with 2', async () => {
    const args = ['--compare', 'other.yaml', '--week', '2026-W48', '--who', 'jon*', '--format', 'json'];
    const { code, stdout } = await run(...args);
    expect(code).toBe(2);
    const { gains, loses } = JSON.parse(stdout);
    expect([gains.length, loses.length]).toEqual([5, 5]);
    expect([gains[0].until, loses[0].until]).toEqual(['2026-11-23T21:00:00Z', '2026-11-23T20:00:00Z']);
    expect((await run('--compare', 'chaport.yaml')).code).toBe(0);
    const some = await run('--compare', 'chaport.yaml', '--who', 'jon*');
    expect(some).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The same: none of jon\* gains or loses/),
    });
    const gone = await run('-f', 'none.yaml', '--compare', 'chaport.yaml', '--week', '2026-W48');
    expect(gone).toMatchObject({ code: 2, stdout: expect.stringContaining('0 gained, 15 lost in') });
  });

  test('--compare goes with text and JSON, and not with --check', async () => {
    expect(await run('--compare', 'chaport.yaml', '--format', 'ics')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be shown as ics'),
    });
    expect(await run('--compare', 'chaport.yaml', '--check')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--check and --compare are two questions'),
    });
  });

  test('gives a calendar an event a shift, person and day, with an id that stays', async () => {
    const { stdout } = await run('--week', '2026-W48', '--format', 'ics', '--zone', 'Asia/Tokyo');
    const lines = stdout.split('\r\n');
    const ids = lines.filter((line) => line.startsWith('UID:'));
    expect(new Set(ids).size).toBe(15);
    expect(ids).toContain('UID:2026-11-24/early/jon.snow%40acme.example');
    expect(lines).toContain('DTSTART:20261124T070000Z');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  test('names what does not exist', async () => {
    for (const [args, word] of [
      [['--week', '2026-W54'], '2026-W54'],
      [['--from', '2026-02-30', '--to', '2026-03-01'], '2026-02-30'],
      [['--from', '2026-03-02', '--to', '2026-03-01'], 'before'],
      [['--zone', '+02:00'], 'time zone'],
    ] as const) {
      const { code, stderr } = await run(...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining(word)]);
    }
  });
});

const AT_ONCE = /(?:^|[;}\n])(?:import|export)[^;'"()]*?["'](\.{1,2}\/[^"']+\.js)["']/g;
const ONCE_NEEDED = /\bimport\(["'](\.{1,2}\/[^"']+\.js)["']\)/g;

/** The files of the bundle that a file leads to by some kinds of imports, itself among them. */
function ledToBy(imports: readonly RegExp[], file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = readFileSync(file, 'utf8');
  for (const kind of imports) {
    for (const [, target = ''] of text.matchAll(kind)) {
      ledToBy(imports, path.resolve(path.dirname(file), target), known);
    }
  }
  return known;
}

test('clocks and calendars are loaded where shifts are, and by no command before', () => {
  const all = [...ledToBy([AT_ONCE, ONCE_NEEDED], path.join(PROJECT, 'dist/cli.js'))];
  const commands = all.filter((file) => path.basename(file).startsWith('run-'));
  expect(commands.length).toBeGreaterThan(8);
  const knows = (word: string) => (file: string) => readFileSync(file, 'utf8').includes(word);
  for (const word of ['getTimeZoneTransition', 'BEGIN:VEVENT']) {
    expect(all.filter(knows(word)), word).not.toEqual([]);
    for (const start of [path.join(PROJECT, 'dist/cli.js'), ...commands]) {
      expect([...ledToBy([AT_ONCE], start)].filter(knows(word)), start).toEqual([]);
    }
  }
});
