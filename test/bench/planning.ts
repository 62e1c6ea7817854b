import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answersOf, asYaml, settledAccount } from './accounts.ts';
import type { Places } from './machine.ts';
import { medianOf, ratioOf, runProcess, type Timing, timingOf } from './measure.ts';

const SIZES = [100, 1_000, 10_000];
const ROUNDS = 5;

export interface PlanningFigure {
  operators: number;
  /** From reading the file to the plan as JSON, without starting the process. */
  timing: Timing;
  /** Medians of the parts in milliseconds. */
  loading: number;
  reading: number;
  planning: number;
  /** The most memory that any run had. */
  megabytes: number;
  floor: Timing;
  floorMegabytes: number;
  /** Against the floor, run by run. */
  ratio: number;
}

export interface PlanningFigures {
  sizes: PlanningFigure[];
  /** Time of the largest over the time of the one a tenth its size. */
  growth: number;
}

interface Run {
  milliseconds: number;
  megabytes: number;
  loading?: number;
  reading?: number;
  planning?: number;
  unchanged?: number;
}

/** Plans accounts without changes, in turn with the floor of that work, each time in a new process. */
export async function timePlanning(places: Places): Promise<PlanningFigures> {
  const sizes: PlanningFigure[] = [];
  for (const operators of SIZES) sizes.push(await timeSize(operators, places));
  const [before, largest] = sizes.slice(-2);
  return { sizes, growth: (largest?.timing.median ?? Number.NaN) / (before?.timing.median ?? Number.NaN) };
}

async function timeSize(operators: number, places: Places): Promise<PlanningFigure> {
  const scenario = settledAccount(operators);
  const file = `${places.folder}/${operators}.yaml`;
  writeFileSync(file, asYaml(scenario.config));
  const server = await serveLists(answersOf(scenario));
  const runs: { ours: Run[]; floor: Run[] } = { ours: [], floor: [] };
  const run = async (program: string): Promise<Run> => {
    const { stdout } = await runProcess(process.execPath, [
      `${places.programs}/${program}`,
      file,
      server.baseUrl,
    ]);
    return JSON.parse(stdout) as Run;
  };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const ours = await run('plan-account.mjs');
    const floor = await run('plan-floor.mjs');
    if (!ours.unchanged || ours.unchanged < operators) throw new Error('the account was not compared');
    if (round === 0) continue;
    runs.ours.push(ours);
    runs.floor.push(floor);
  }
  server.close();
  const timing = timingOf(runs.ours.map(({ milliseconds }) => milliseconds));
  const floor = timingOf(runs.floor.map(({ milliseconds }) => milliseconds));
  const part = (name: 'loading' | 'reading' | 'planning') => medianOf(runs.ours.map((one) => one[name] ?? 0));
  const most = (all: Run[]) => Math.max(...all.map(({ megabytes }) => megabytes));
  return {
    operators,
    timing,
    loading: part('loading'),
    reading: part('reading'),
    planning: part('planning'),
    megabytes: most(runs.ours),
    floor,
    floorMegabytes: most(runs.floor),
    ratio: ratioOf(timing, floor),
  };
}

/** Answers with two texts that are ready: a server that costs next to nothing. */
async function serveLists({ operators, subscriptions }: ReturnType<typeof answersOf>) {
  const server = createServer((request, response) => {
    const isOperators = request.url?.endsWith('/operators') ?? false;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(isOperators ? operators : subscriptions);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api/v1`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
