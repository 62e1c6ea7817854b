import { writeFileSync } from 'node:fs';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { accountWithTwentyChanges, asYaml, type Scenario, settledAccount } from './accounts.ts';
import { isInstalled, type Places } from './machine.ts';
import { ratioOf, runProcess, type Subject, type Timing, timeInTurn } from './measure.ts';

const OPERATORS = 40;
const ROUNDS = 9;
const LATENCIES = [0, 20];

export interface CommandFigure {
  name: string;
  /** Simulated latency of each request in milliseconds; `null` where none is made. */
  latency: number | null;
  timing: Timing;
  /** Against bare `node -e 0`, run by run. */
  ratio: number;
  /** The same job by the hand-written script, where that could run. */
  peer: { timing: Timing /** How often faster we are. */; factor: number } | null;
}

export interface CommandFigures {
  bare: Timing;
  figures: CommandFigure[];
  /** Why there is no peer. */
  peerSkipped: string | null;
}

/** Whole processes: start-up, checking a team of 40, planning it, applying 20 changes; beside them the peer. */
export async function timeCommands(places: Places): Promise<CommandFigures> {
  const missing = ['bash', 'curl', 'jq'].filter((program) => !isInstalled(program));
  const peerSkipped = missing.length > 0 ? `the peer needs ${missing.join(' and ')}, not found here` : null;
  const ours = (name: string, ...args: string[]): Subject => ({
    name,
    command: process.execPath,
    args: [places.program, ...args],
    cwd: places.root,
  });
  const subjects: (Subject & { latency: number | null })[] = [
    { name: 'node -e 0', command: process.execPath, args: ['-e', '0'], latency: null },
    { ...ours('--version', '--version'), latency: null },
    { ...ours('--help', '--help'), latency: null },
    {
      ...ours('validate', 'validate', '-f', 'examples/support-team'),
      env: { HOOK_KEY: 'bench-hook-key', CRM_KEY: 'bench-crm-key' },
      latency: null,
    },
  ];
  for (const latency of LATENCIES) {
    const planned = prepare(places, 'settled', settledAccount(OPERATORS), latency);
    const changed = prepare(places, 'changed', accountWithTwentyChanges(OPERATORS), latency);
    subjects.push(
      {
        ...ours('plan, no changes', 'plan', '-f', planned.yaml, '--detailed-exitcode'),
        latency,
        ...planned.account,
      },
      {
        ...ours('apply, 20 changes', 'apply', '-y', '-f', changed.yaml),
        latency,
        ...changed.account,
      },
    );
    if (peerSkipped !== null) continue;
    const peer = (name: string, script: string, json: string): Subject => ({
      name,
      command: 'bash',
      args: [`${places.root}test/bench/peers/${script}`, json],
    });
    subjects.push(
      { ...peer('peer: plan, no changes', 'plan.sh', planned.json), latency, ...planned.account },
      {
        ...peer('peer: apply, 20 changes', 'apply.sh', changed.json),
        latency,
        ...changed.account,
        after: async () => {
          await checkDone(places, changed);
          await changed.account.after();
        },
      },
    );
  }
  const named = subjects.map((subject) => ({ ...subject, name: idOf(subject.name, subject.latency) }));
  const timings = await timeInTurn(named, ROUNDS);
  const timingOf = (name: string, latency: number | null) => timings[idOf(name, latency)];
  const bare = timingOf('node -e 0', null);
  if (!bare) throw new Error('bare node was not timed');
  const figures = subjects.flatMap(({ name, latency }): CommandFigure[] => {
    const timing = timingOf(name, latency);
    if (!timing || timing === bare || name.startsWith('peer: ')) return [];
    const peer = timingOf(`peer: ${name}`, latency);
    return [
      {
        name,
        latency,
        timing,
        ratio: ratioOf(timing, bare),
        peer: peer ? { timing: peer, factor: ratioOf(peer, timing) } : null,
      },
    ];
  });
  return { bare, figures, peerSkipped };
}

function idOf(name: string, latency: number | null): string {
  return latency === null ? name : `${name}, ${latency} ms`;
}

interface Prepared {
  yaml: string;
  json: string;
  /** Each run gets an account of its own. */
  account: { before: () => Promise<Record<string, string>>; after: () => Promise<void> };
  current: () => Simulator | null;
}

function prepare(places: Places, name: string, { seed, config }: Scenario, latencyMs: number): Prepared {
  const yaml = `${places.folder}/${name}.yaml`;
  const json = `${places.folder}/${name}.json`;
  writeFileSync(yaml, asYaml(config));
  writeFileSync(json, JSON.stringify(config));
  let simulator: Simulator | null = null;
  return {
    yaml,
    json,
    account: {
      before: async () => {
        simulator = await startSimulator({ seed, latencyMs });
        return { CHAPORT_BASE_URL: simulator.url, CHAPORT_TOKEN: simulator.token };
      },
      after: async () => simulator?.close(),
    },
    current: () => simulator,
  };
}

/** The peer has done the whole job: our own plan finds nothing more to do. */
async function checkDone({ program }: Places, { current, yaml }: Prepared): Promise<void> {
  const simulator = current();
  if (!simulator) throw new Error('there is no account');
  const env = { CHAPORT_BASE_URL: simulator.url, CHAPORT_TOKEN: simulator.token };
  await runProcess(process.execPath, [program, 'plan', '-f', yaml, '--detailed-exitcode'], { env });
}
