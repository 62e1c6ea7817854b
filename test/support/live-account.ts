import { onTestFinished } from 'vitest';
import {
  type Seed,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/index.ts';

/** A token with characters that every encoding writes in its own way. */
export const ACCESS_TOKEN = 'e2e/t0ken+of="acme"=77';

/** How runs of this suite reach the account: `CHAPORTCTL_VIA=membrane` sends all of them through Membrane. */
export const VIA = process.env.CHAPORTCTL_VIA === 'membrane' ? 'membrane' : 'direct';

const WORKSPACE = { workspaceSecret: 'e2e/s3cret+of="acme"=78', tenantKey: 'acme' };

export interface LiveAccount {
  simulator: Simulator;
  /** The account's address as documents have it. */
  baseUrl: string;
  /** What a process needs to reach it. */
  env: Record<string, string>;
}

/** An account over real HTTP, in this process, so that a test can look at it afterwards. */
export async function liveAccount(
  seed?: Seed,
  options: SimulatorOptions = {},
  via: typeof VIA = VIA,
): Promise<LiveAccount> {
  const simulator = await startSimulator({
    token: ACCESS_TOKEN,
    ...(seed === undefined ? {} : { seed }),
    ...options,
    ...(via === 'membrane' ? { membrane: { ...WORKSPACE, ...Object(options.membrane) } } : {}),
  });
  onTestFinished(() => simulator.close());
  const { membrane, url, token } = simulator;
  if (membrane === null) {
    return { simulator, baseUrl: url, env: { CHAPORT_BASE_URL: url, CHAPORT_TOKEN: token } };
  }
  const { apiUrl, connectionId, workspaceKey, workspaceSecret, tenantKey = '' } = membrane;
  const env = {
    CHAPORT_VIA: 'membrane',
    MEMBRANE_API_URL: apiUrl,
    MEMBRANE_CONNECTION_ID: connectionId,
    MEMBRANE_WORKSPACE_KEY: workspaceKey,
    MEMBRANE_WORKSPACE_SECRET: workspaceSecret,
    MEMBRANE_TENANT_KEY: tenantKey,
  };
  return { simulator, baseUrl: `${apiUrl}/connections/${connectionId}/proxy`, env };
}

/** `METHOD path` of every request, in the order of arrival. */
export function callsOf({ account }: Simulator): string[] {
  return account.requests.map(({ method, path }) => `${method} ${path}`);
}

/** Those that could change something. */
export function writesOf(simulator: Simulator): string[] {
  return callsOf(simulator).filter((call) => !call.startsWith('GET '));
}
