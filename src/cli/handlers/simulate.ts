import { readFile } from 'node:fs/promises';
import { DiagnosticsError, UserError } from '../../model/errors.ts';
import { parseFault, parseSeed, type Seed, startSimulator } from '../../simulator/index.ts';
import type { FlagsOf } from '../command.ts';
import type { SIMULATE_OPTIONS } from '../commands/simulate.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { fileError } from '../file-error.ts';
import type { Terminal } from '../terminal.ts';
import { writeDocument } from '../write-document.ts';

/** Serves an account until it is told to stop. What to paste goes to stdout. */
export async function runSimulate(
  flags: FlagsOf<typeof SIMULATE_OPTIONS>,
  terminal: Terminal,
): Promise<ExitCode> {
  const seed = flags.seed === undefined ? undefined : await readSeed(flags.seed);
  const simulator = await startSimulator({
    port: flags.port,
    latencyMs: flags.latency,
    ...(seed === undefined ? {} : { seed }),
    faults: (flags.fault ?? []).map(parseFault),
  });
  terminal.inform(`A simulated Chaport account, until Ctrl-C. In another shell:\n\n`);
  terminal.write(`export CHAPORT_BASE_URL=${simulator.url}\nexport CHAPORT_TOKEN=${simulator.token}\n`);
  await untilStopped();
  const { save } = flags;
  if (save !== undefined) {
    await writeDocument(save, `${JSON.stringify(simulator.snapshot(), null, 2)}\n`);
    terminal.inform(`\nSaved the account to ${save}.\n`);
  }
  await simulator.close();
  return EXIT.done;
}

async function readSeed(path: string): Promise<Seed> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError('cannot-read', `the seed ${path}`, error);
  });
  try {
    return parseSeed(text, path);
  } catch (error) {
    throw error instanceof UserError ? asDiagnostics(error) : error;
  }
}

/** Its complaints stand one a line; each is shown by itself. */
function asDiagnostics({ code, message, hint }: UserError): DiagnosticsError {
  const complaints = message.split('\n');
  return new DiagnosticsError(
    complaints.map((complaint, index) => ({
      severity: 'error',
      code,
      message: complaint,
      ...(hint === undefined || index < complaints.length - 1 ? {} : { hint }),
    })),
  );
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
