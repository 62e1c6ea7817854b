import { writeFileSync } from 'node:fs';
import { startSimulator } from '../../src/simulator/index.ts';
import { accountToFill, asYaml } from './accounts.ts';
import type { Places } from './machine.ts';
import { runProcess, type Timing, timingOf } from './measure.ts';

const CREATES = 200;
const LATENCY = 20;
const ROUNDS = 3;
const WIDTHS = [1, 4, 16];

export interface CreatesFigure {
  concurrency: number;
  /** From the start of the first create to the end of the last. */
  timing: Timing;
  /** `ceil(n/c) × latency`, in milliseconds. */
  ideal: number;
  /** Ideal over measured: 1 is all that there is to have. */
  share: number;
  /** The same calls by the bare HTTP library: what client and simulator cost on this machine anyway. */
  floor: Timing;
  floorShare: number;
}

export interface CreatesFigures {
  creates: number;
  latency: number;
  widths: CreatesFigure[];
}

/** Creates operators at several widths, in turn with the floor, each time in a new process and a new account. */
export async function timeCreates({ folder, programs }: Places): Promise<CreatesFigures> {
  const { seed, config } = accountToFill(CREATES);
  const file = `${folder}/creates.yaml`;
  writeFileSync(file, asYaml(config));
  const time = async (program: string, input: string, width: number): Promise<number> => {
    const simulator = await startSimulator({ seed, latencyMs: LATENCY });
    const args = [`${programs}/${program}`, input, simulator.url, simulator.token, String(width)];
    const { stdout } = await runProcess(process.execPath, args);
    const operators = simulator.account.toSeed().operators?.length;
    await simulator.close();
    if (operators !== CREATES + 1) throw new Error(`the account has ${operators} operators`);
    return (JSON.parse(stdout) as { milliseconds: number }).milliseconds;
  };
  const widths: CreatesFigure[] = [];
  for (const concurrency of WIDTHS) {
    const ours: number[] = [];
    const floors: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await time('create-operators.mjs', file, concurrency));
      floors.push(await time('create-floor.mjs', String(CREATES), concurrency));
    }
    const [timing, floor] = [timingOf(ours), timingOf(floors)];
    const ideal = Math.ceil(CREATES / concurrency) * LATENCY;
    const share = ideal / timing.median;
    widths.push({ concurrency, timing, ideal, share, floor, floorShare: ideal / floor.median });
  }
  return { creates: CREATES, latency: LATENCY, widths };
}
