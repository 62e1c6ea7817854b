import { readFile } from 'node:fs/promises';
import {
  parseDialect,
  parseFault,
  parseSeed,
  type Seed,
  type Simulator,
  startSimulator,
} from '../../../simulator/index.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { fileError } from '../../files/file-error.ts';
import { writeDocument } from '../../files/write-document.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { SIMULATE_OPTIONS } from './definition.ts';

/** Serves an account until it is told to stop. What to paste goes to stdout. */
export async function runSimulate(
  flags: FlagsOf<typeof SIMULATE_OPTIONS>,
  terminal: Terminal,
): Promise<ExitCode> {
  const seed = flags.seed === undefined ? undefined : await readSeed(flags.seed);
  const simulator = await startSimulator({
    port: flags.port,
    latencyMs: flags.latency,
    lagMs: flags.lag,
    dialects: (flags.dialect ?? []).map(parseDialect),
    ...(seed === undefined ? {} : { seed }),
    membrane: flags.membrane,
    faults: (flags.fault ?? []).map(parseFault),
  });
  terminal.inform(`A simulated Chaport account, until Ctrl-C. In another shell:\n\n`);
  terminal.write(exportsFor(simulator), 'text');
  await untilStopped();
  const { save } = flags;
  if (save !== undefined) {
    await writeDocument(save, `${JSON.stringify(simulator.snapshot(), null, 2)}\n`);
    terminal.inform(`\nSaved the account to ${save}.\n`);
  }
  await simulator.close();
  return EXIT.done;
}

/** With Membrane's face, its side: the credentials of Chaport itself are what a user of Membrane does not have. */
function exportsFor({ url, token, membrane }: Simulator): string {
  const variables = membrane
    ? {
        CHAPORT_VIA: 'membrane',
        MEMBRANE_API_URL: membrane.apiUrl,
        MEMBRANE_CONNECTION_ID: membrane.connectionId,
        MEMBRANE_WORKSPACE_KEY: membrane.workspaceKey,
        MEMBRANE_WORKSPACE_SECRET: membrane.workspaceSecret,
        MEMBRANE_TENANT_KEY: membrane.tenantKey ?? 'simulated-tenant',
      }
    : { CHAPORT_BASE_URL: url, CHAPORT_TOKEN: token };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${value}\n`)
    .join('');
}

async function readSeed(path: string): Promise<Seed> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError('cannot-read', `the seed ${path}`, error);
  });
  return parseSeed(text, path);
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
