/**
 * chaportctl as a library: what the program does, without its command line. Nothing here ends the
 * process, prints, or reads environment variables: what they hold is passed in.
 * @module
 */

import {
  parseBaseUrl,
  parseConnectionId,
  parseMembraneApiUrl,
  parseMembraneToken,
  parseToken,
} from './chaport/access.ts';
import type { CallSignals, ChaportReader, ChaportWriter, RequestEvent } from './chaport/client.ts';
import { createClient } from './chaport/create-client.ts';
import type { MembraneCredentials, Via } from './chaport/transport.ts';
import { loadConfigFiles } from './config/index.ts';
import { apply as applyPlan } from './executor/apply.ts';
import type { ProgressListener } from './executor/progress.ts';
import type { DesiredState } from './model/desired.ts';
import { digestOf } from './model/digest.ts';
import { RefusedError, UserError } from './model/errors.ts';
import type { LiveState } from './model/live.ts';
import type { Plan } from './model/plan.ts';
import type { ApplyReport } from './model/report.ts';
import type { Diagnostic } from './model/source.ts';
import { neededLists, plan as planChanges } from './planner/plan.ts';
import { parseTarget } from './planner/targets.ts';
import { VERSION } from './version.ts';

export type {
  CallResult,
  CallSignals,
  ChaportReader,
  ChaportWriter,
  RequestEvent,
} from './chaport/client.ts';
export type { ChaportErrorCode } from './chaport/errors.ts';
export { ChaportError } from './chaport/errors.ts';
export type { ProgressListener } from './executor/progress.ts';
export type * from './model/desired.ts';
export { DiagnosticsError, type Difference, RefusedError, UserError } from './model/errors.ts';
export type { Fields, FieldValue } from './model/json.ts';
export type * from './model/live.ts';
export type * from './model/plan.ts';
export type * from './model/report.ts';
export type { SecretBook } from './model/secrets.ts';
export type { Diagnostic, Severity, Source } from './model/source.ts';
export { type RenderOptions, render } from './render/render.ts';

const DEFAULT_BASE_URL = 'https://app.chaport.com/api/v1';
const DEFAULT_MEMBRANE_API_URL = 'https://api.getmembrane.com';
const TOOL = `chaportctl ${VERSION}`;

/** Variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadConfigOptions {
  /** Where `${env:NAME}` and `${secret:NAME}` take their values from. Default: none is set. */
  env?: Environment | undefined;
  /** What relative paths are relative to, and file names are shown relative to. Default: the working directory. */
  cwd?: string | undefined;
  /** Asked for what `-` stands for. Default: nothing. */
  readStdin?: (() => Promise<Uint8Array>) | undefined;
}

export interface LoadedConfig {
  /** What the files ask for; `null` when any diagnostic is an error. */
  desired: DesiredState | null;
  /** Every error and warning, files that cannot be read included; `render` shows them. */
  diagnostics: readonly Diagnostic[];
}

/** Reads files, folders of `*.yaml` and `*.yml`, and `-` as one configuration. What is wrong with them is not thrown. */
export async function loadConfig(
  paths: string | readonly string[],
  { env = {}, cwd = '.', readStdin = async () => new Uint8Array() }: LoadConfigOptions = {},
): Promise<LoadedConfig> {
  const named = typeof paths === 'string' ? [paths] : paths;
  const { desired, diagnostics } = await loadConfigFiles(named, { cwd, readStdin }, { env });
  return { desired, diagnostics };
}

/** Straight to the API. */
export interface DirectAccess {
  /** The access token from Chaport, Settings → API. */
  token: string;
  /** Default `https://app.chaport.com/api/v1`. */
  baseUrl?: string | undefined;
  membrane?: undefined;
}

/** Through Membrane, which keeps Chaport's token. */
export interface MembraneAccess {
  membrane: {
    /** The id or key of the connection to Chaport. */
    connectionId: string;
    /** Default `https://api.getmembrane.com`. */
    apiUrl?: string | undefined;
    /** A ready Membrane token, or a workspace to sign short-lived ones with. */
    credentials: string | { workspaceKey: string; workspaceSecret: string; tenantKey: string };
  };
}

export interface ConnectionOptions {
  /** The desired state whose secrets are to be masked in every error. */
  desired: DesiredState;
  /** For one request; default 30. */
  timeoutSeconds?: number | undefined;
  /** Repetitions of a failed request; default 5. */
  maxRetries?: number | undefined;
  /** Requests under way at once; default 4. */
  concurrency?: number | undefined;
  /** Where `HTTPS_PROXY`, `NO_PROXY` and the like are looked up. Default: no proxy. */
  proxyEnv?: Environment | undefined;
  /** Told of every request when it has ended; its texts are masked. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
}

export type ConnectOptions = ConnectionOptions & (DirectAccess | MembraneAccess);

/** A live account: what reads it and what changes it are two things. */
export interface Account {
  /** As it stands in plans and reports. */
  readonly baseUrl: string;
  readonly reader: ChaportReader;
  readonly writer: ChaportWriter;
  readonly concurrency: number;
  /** Closes the connections; until then they may keep the process alive. */
  close(): Promise<void>;
}

/**
 * An account that can be read and changed. No request is made yet.
 * @throws {UserError} for an address, connection, token or proxy that cannot be used.
 */
export function connect(options: ConnectOptions): Account {
  const concurrency = options.concurrency ?? 4;
  const { reader, writer, close } = createClient({
    via: chooseWay(options),
    timeoutSeconds: options.timeoutSeconds ?? 30,
    maxRetries: options.maxRetries ?? 5,
    secrets: options.desired.secrets,
    proxyEnv: options.proxyEnv ?? {},
    connections: concurrency,
    onRequest: options.onRequest,
  });
  return { baseUrl: reader.baseUrl, reader, writer, concurrency, close };
}

function chooseWay(options: ConnectOptions): Via {
  if (options.membrane !== undefined) {
    const { connectionId, apiUrl = DEFAULT_MEMBRANE_API_URL, credentials } = options.membrane;
    return {
      kind: 'membrane',
      apiUrl: parseMembraneApiUrl(apiUrl),
      connectionId: parseConnectionId(connectionId),
      credentials: parseCredentials(credentials),
    };
  }
  const baseUrl = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
  return { kind: 'direct', baseUrl, token: parseToken(options.token, 'the option token') };
}

function parseCredentials(credentials: MembraneAccess['membrane']['credentials']): MembraneCredentials {
  if (typeof credentials === 'string') {
    return { kind: 'token', token: parseMembraneToken(credentials, 'the option credentials') };
  }
  const missing = Object.entries(credentials).filter(([, value]) => value === '');
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(' and ');
    throw new UserError('no-token', `no Membrane token can be made: ${names} is empty`);
  }
  return { kind: 'workspace', ...credentials };
}

export interface PlanningOptions {
  /** `KIND` or `KIND:KEY-GLOB`; all objects where it is empty. */
  targets?: readonly string[] | undefined;
  /** Overrides `policy.prune`. */
  prune?: boolean | undefined;
  /** The time of planning; default now. */
  now?: Date | undefined;
}

/** What was read of an account, and where. */
export interface LiveAccount extends LiveState {
  baseUrl: string;
}

/**
 * Reads the lists that planning needs, side by side.
 * @throws {ChaportError} when the account cannot be read.
 */
export async function readAccount(
  account: Account,
  desired: DesiredState,
  signals: CallSignals = {},
): Promise<LiveAccount> {
  const live = await account.reader.readAccount(neededLists(desired), signals);
  return { ...live, baseUrl: account.baseUrl };
}

/**
 * What must change so that the account is as the files say. A plan that a guard refuses comes back whole,
 * with its `refusals`.
 * @throws {DiagnosticsError} when the account and the files cannot be brought together.
 * @throws {RefusedError} when they cannot because it is the wrong account.
 */
export function plan(desired: DesiredState, live: LiveAccount, options: PlanningOptions = {}): Plan {
  return planChanges(desired, live, {
    now: options.now ?? new Date(),
    tool: TOOL,
    baseUrl: live.baseUrl,
    targets: (options.targets ?? []).map(parseTarget),
    prune: options.prune,
  });
}

export interface ApplyingOptions extends PlanningOptions {
  /** Abort `stop` with a reason: no new call starts, and the report has the reason as `interrupted`. */
  signals?: CallSignals | undefined;
  progress?: ProgressListener | undefined;
}

/**
 * Makes the changes of a plan, reads the account again and plans again: see `converged`.
 * A call that fails does not throw: the report says of every change what became of it.
 *
 * Give the same planning options as to `plan`. A plan that was reviewed some time ago is not applied as it
 * is: plan anew, and go on if the `digest` is the one that was reviewed.
 * @throws {RefusedError} for a plan with refusals, one that was edited, and one of another account or of
 * other files; nothing was called then.
 */
export async function apply(
  proposed: Plan,
  account: Account,
  desired: DesiredState,
  { signals, progress, ...planning }: ApplyingOptions = {},
): Promise<ApplyReport> {
  const { baseUrl, reader, writer, concurrency } = account;
  checkBelongsTogether(proposed, account, desired);
  return applyPlan(proposed, {
    reader,
    writer,
    secrets: desired.secrets,
    concurrency,
    verification: {
      needed: neededLists(desired),
      remaining: (live) => plan(desired, { ...live, baseUrl }, planning).changes,
    },
    ...(signals ? { signals } : {}),
    ...(progress ? { progress } : {}),
    now: () => new Date(),
  });
}

function checkBelongsTogether(proposed: Plan, account: Account, desired: DesiredState): void {
  const { account: planned, config, digest } = proposed;
  if (planned.baseUrl !== account.baseUrl) {
    throw new RefusedError(
      'other-account',
      `the plan was made for ${planned.baseUrl}, and this is ${account.baseUrl}`,
    );
  }
  if (config.sha256 !== desired.config.sha256) {
    throw new RefusedError('other-files', 'the plan was made from other files than the desired state');
  }
  if (digestOf(proposed) !== digest) {
    throw new RefusedError(
      'plan-edited',
      'the plan was changed after it was made: its digest does not match',
      {
        hint: 'plan with `targets` for a part of the changes',
      },
    );
  }
}
