import type { CallSignals } from '../../src/chaport/client.ts';
import { type ClientOptions, createClient } from '../../src/chaport/create-client.ts';
import { exitCodeOfError, exitCodeOfReport } from '../../src/cli/exit-codes.ts';
import { parseConfig } from '../../src/config/index.ts';
import { type ApplyOptions, apply } from '../../src/executor/apply.ts';
import { UserError } from '../../src/model/errors.ts';
import type { LiveState } from '../../src/model/live.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { ApplyReport } from '../../src/model/report.ts';
import type { SecretBook } from '../../src/model/secrets.ts';
import { plan } from '../../src/operations/plan.ts';
import { neededLists } from '../../src/planner/plan.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { TestClock } from '../support/chaport-client.ts';
import { FILE, HOOK_KEY } from './scenario.ts';

export interface RehearseOptions {
  /** Default: the scenario's file. */
  file?: string;
  concurrency?: number;
  signals?: CallSignals;
  client?: Partial<ClientOptions>;
  apply?: Partial<ApplyOptions>;
  /** Runs between planning and applying. */
  whenPlanned?: (plan: Plan) => void | Promise<void>;
}

export interface Rehearsed {
  exit: number;
  /** What kept it from applying. */
  error?: UserError;
  plan?: Plan;
  report?: ApplyReport;
  secrets: SecretBook;
}

/** Plans and applies over real HTTP, as the program does, with pauses that take no time. */
export async function rehearse(simulator: Simulator, options: RehearseOptions = {}): Promise<Rehearsed> {
  const texts = [{ name: 'chaport.yaml', bytes: Buffer.from(options.file ?? FILE) }];
  const { desired, diagnostics } = parseConfig(texts, { env: { HOOK_KEY } });
  if (desired === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const { secrets } = desired;
  const { signals = {}, concurrency = 4 } = options;
  const clock = options.client?.clock ?? new TestClock();
  const client = createClient({
    via: { kind: 'direct', baseUrl: simulator.url, token: simulator.token },
    timeoutSeconds: 5,
    maxRetries: 3,
    secrets,
    proxyEnv: {},
    connections: concurrency,
    random: () => 1,
    clock,
    ...options.client,
  });
  try {
    const { baseUrl } = client.reader;
    const lists = neededLists(desired);
    const askedAt = clock.elapsed();
    const live = await client.reader.readAccount(lists, signals);
    const planOn = (state: LiveState, now = new Date()) =>
      plan(desired, { live: state, baseUrl, askedAt }, { texts, now });
    const proposed = planOn(live);
    await options.whenPlanned?.(proposed);
    const report = await apply(proposed, {
      reader: client.reader,
      writer: client.writer,
      secrets,
      seen: { live, askedAt },
      settleSeconds: 10,
      signals,
      clock,
      verification: { lists, planAgain: (state) => planOn(state, new Date(proposed.createdAt)) },
      ...options.apply,
    });
    return { exit: exitCodeOfReport(report), plan: proposed, report, secrets };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { exit: exitCodeOfError(error), error, secrets };
  } finally {
    await client.close();
  }
}
