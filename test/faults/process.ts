import type { Simulator } from '../../src/simulator/index.ts';
import { type RunOptions, type RunResult, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { FILE, HOOK_KEY } from './scenario.ts';

/** A folder with the scenario's file. */
export function scenarioFolder(): string {
  return temporaryFolder({ 'chaport.yaml': FILE });
}

/** Applies the scenario's file with the real program. */
export function applyAsProcess(
  simulator: Simulator,
  cwd: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<RunResult> {
  return runProgram(['apply', '--auto-approve', '--quiet', ...args], {
    cwd,
    env: { CHAPORT_TOKEN: simulator.token, CHAPORT_BASE_URL: simulator.url, HOOK_KEY },
    ...options,
  });
}

/** A promise that is settled from outside. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
