import {
  parseBaseUrl,
  parseConnectionId,
  parseMembraneApiUrl,
  parseMembraneToken,
  parseProxiedBaseUrl,
  parseToken,
} from '../../chaport/credentials/access.ts';
import type { MembraneCredentials } from '../../chaport/credentials/membrane-credentials.ts';
import type { MakeToken } from '../../chaport/credentials/token-source.ts';
import type { MembraneConnection } from '../../chaport/transports/membrane/list-connections.ts';
import type { MembraneItself } from '../../chaport/transports/membrane/membrane-transport.ts';
import type { Via } from '../../chaport/transports/via.ts';
import { UserError } from '../../model/errors.ts';
import { DEFAULTS, type Environment } from '../../operations/defaults.ts';
import { readUpTo } from '../files/read-up-to.ts';
import { splitWords } from './split-words.ts';

const LARGEST_TOKEN_FILE = 16_384;

export interface ConnectionFlags {
  via: string | undefined;
  connection: string | undefined;
  baseUrl: string | undefined;
  tokenFile: string | undefined;
  tokenCommand: string | undefined;
}

/** What choosing may need of the world outside. */
export interface ConnectionHelp {
  /** Makes what runs a command for its token. */
  runCommand(words: readonly string[], way: 'direct' | 'membrane'): MakeToken;
  /** The connections of whoever the credentials are for. */
  listConnections(membrane: MembraneItself): Promise<readonly MembraneConnection[]>;
}

/**
 * How the account is reached, and with which credentials. A flag that the chosen way has no use
 * for is an error; a variable may be there for other runs, and is passed over.
 * @throws {UserError} for what is missing, wrong or contradictory.
 */
export async function chooseConnection(
  flags: ConnectionFlags,
  env: Environment,
  help: ConnectionHelp,
): Promise<Via> {
  return chosenWay(flags, env) === 'membrane' ? throughMembrane(flags, env, help) : direct(flags, env, help);
}

function chosenWay({ via }: ConnectionFlags, env: Environment): string {
  if (via !== undefined) return via;
  const chosen = given(env, 'CHAPORT_VIA') ?? 'direct';
  if (chosen === 'direct' || chosen === 'membrane') return chosen;
  throw new UserError('usage', `CHAPORT_VIA is "${chosen}"`, { hint: 'set it to direct or membrane' });
}

async function direct(flags: ConnectionFlags, env: Environment, help: ConnectionHelp): Promise<Via> {
  const { connection, baseUrl } = flags;
  if (connection !== undefined) {
    throw new UserError('usage', '--connection names a connection of Membrane, but the way is direct', {
      hint: 'add --via membrane (or set CHAPORT_VIA), or leave --connection out',
    });
  }
  return {
    kind: 'direct',
    baseUrl: parseBaseUrl(baseUrl ?? given(env, 'CHAPORT_BASE_URL') ?? DEFAULTS.baseUrl),
    token: await takeChaportToken(flags, env, help),
  };
}

async function takeChaportToken(
  flags: ConnectionFlags,
  env: Environment,
  help: ConnectionHelp,
): Promise<string | MakeToken> {
  const token = given(env, 'CHAPORT_TOKEN');
  const ready = takeFromFlags(flags, 'direct', help) ?? takeCommandOf(env, 'direct', help);
  refuseTwo(flags, env, [token === undefined ? [] : 'CHAPORT_TOKEN'].flat());
  if (ready !== undefined) {
    return 'file' in ready
      ? parseToken(await readTokenFile(ready.file), `the file ${ready.file}`)
      : ready.make;
  }
  if (token !== undefined) return parseToken(token, 'CHAPORT_TOKEN');
  const membrane = membraneTokenOf(env) ?? given(env, 'MEMBRANE_WORKSPACE_SECRET');
  const ways = 'set CHAPORT_TOKEN or give --token-file or --token-command';
  throw new UserError('no-token', 'there is no access token', {
    hint:
      membrane === undefined
        ? `${ways}; the token comes from Chaport, Settings → API`
        : `${ways}; to go through Membrane, add --via membrane`,
  });
}

/** A flag goes before a variable. @throws {UserError} for two flags. */
function takeFromFlags(
  { tokenFile, tokenCommand }: ConnectionFlags,
  way: 'direct' | 'membrane',
  help: ConnectionHelp,
): { file: string } | { make: MakeToken } | undefined {
  if (tokenFile !== undefined && tokenCommand !== undefined) {
    throw new UserError('usage', '--token-file and --token-command are both given', {
      hint: 'keep one of them',
    });
  }
  if (tokenFile !== undefined) return { file: tokenFile };
  if (tokenCommand === undefined) return undefined;
  return { make: help.runCommand(splitWords(tokenCommand, '--token-command'), way) };
}

const COMMAND = 'CHAPORT_TOKEN_COMMAND';

function takeCommandOf(
  env: Environment,
  way: 'direct' | 'membrane',
  help: ConnectionHelp,
): { make: MakeToken } | undefined {
  const command = given(env, COMMAND);
  return command === undefined ? undefined : { make: help.runCommand(splitWords(command, COMMAND), way) };
}

/** Two of the same rank may stand for two accounts. */
function refuseTwo(flags: ConnectionFlags, env: Environment, others: readonly string[]): void {
  if (flags.tokenFile !== undefined || flags.tokenCommand !== undefined) return;
  const set = [...others, ...(given(env, COMMAND) === undefined ? [] : [COMMAND])];
  if (set.length < 2) return;
  throw new UserError('usage', `${set.join(' and ')} are both set`, {
    hint: `unset one of them, or say with --token-file or --token-command which token counts`,
  });
}

async function throughMembrane(flags: ConnectionFlags, env: Environment, help: ConnectionHelp): Promise<Via> {
  const apiUrl = parseMembraneApiUrl(membraneApiUrlOf(env) ?? DEFAULTS.membraneApiUrl);
  const baseUrl = flags.baseUrl === undefined ? {} : { baseUrl: parseProxiedBaseUrl(flags.baseUrl, apiUrl) };
  const named = flags.connection ?? given(env, 'MEMBRANE_CONNECTION_ID');
  const connectionId = named === undefined ? undefined : parseConnectionId(named);
  const credentials = await takeMembraneCredentials(flags, env, help);
  if (connectionId === undefined) {
    throw noConnection(await help.listConnections({ apiUrl, credentials }));
  }
  return { kind: 'membrane', apiUrl, connectionId, credentials, ...baseUrl };
}

/** None is taken silently, not even the only one: another day there may be two. */
function noConnection(connections: readonly MembraneConnection[]): UserError {
  if (connections.length === 0) {
    return new UserError(
      'no-connection',
      'there is no Membrane connection to go through, and none to choose',
      {
        hint: '`membrane connect --connectorKey chaport` makes one, for the tenant that the token is for',
      },
    );
  }
  const names = connections.map(({ id, key, name, state }) => {
    const parts = [key === null ? [] : `key ${key}`, name === null ? [] : `"${name}"`, state].flat();
    return `${id} (${parts.join(', ')})`;
  });
  const [first] = connections;
  return new UserError(
    'no-connection',
    `no Membrane connection was named. There ${names.length === 1 ? 'is' : 'are'}: ${names.join('; ')}`,
    { hint: `give --connection ${first?.id} or another one, or set MEMBRANE_CONNECTION_ID` },
  );
}

function membraneApiUrlOf(env: Environment): string | undefined {
  return oneOf(env, 'MEMBRANE_API_URL', 'MEMBRANE_API_URI', (url) => url.replace(/\/$/, ''));
}

function membraneTokenOf(env: Environment): string | undefined {
  return oneOf(env, 'MEMBRANE_TOKEN', 'MEMBRANE_ACCESS_TOKEN');
}

/** Two names of one thing. @throws {UserError} where they disagree. */
function oneOf(
  env: Environment,
  name: string,
  alias: string,
  form: (value: string) => string = (value) => value,
): string | undefined {
  const [value, other] = [given(env, name), given(env, alias)];
  if (value === undefined || other === undefined || form(value) === form(other)) return value ?? other;
  throw new UserError('usage', `${name} and ${alias} mean the same, and are set to different values`, {
    hint: 'unset one of them',
  });
}

async function takeMembraneCredentials(
  flags: ConnectionFlags,
  env: Environment,
  help: ConnectionHelp,
): Promise<MembraneCredentials> {
  const ready = takeFromFlags(flags, 'membrane', help);
  if (ready !== undefined) {
    const token =
      'file' in ready
        ? parseMembraneToken(await readTokenFile(ready.file), `the file ${ready.file}`)
        : ready.make;
    return { kind: 'token', token };
  }
  const token = membraneTokenOf(env);
  const variable = given(env, 'MEMBRANE_TOKEN') === undefined ? 'MEMBRANE_ACCESS_TOKEN' : 'MEMBRANE_TOKEN';
  const secret = given(env, 'MEMBRANE_WORKSPACE_SECRET') === undefined ? [] : ['MEMBRANE_WORKSPACE_SECRET'];
  refuseTwo(flags, env, [...(token === undefined ? [] : [variable]), ...secret]);
  const command = takeCommandOf(env, 'membrane', help);
  if (command !== undefined) return { kind: 'token', token: command.make };
  if (token === undefined) return takeWorkspaceCredentials(env);
  return { kind: 'token', token: parseMembraneToken(token, variable) };
}

function takeWorkspaceCredentials(env: Environment): MembraneCredentials {
  const names = ['MEMBRANE_WORKSPACE_KEY', 'MEMBRANE_WORKSPACE_SECRET', 'MEMBRANE_TENANT_KEY'] as const;
  const [workspaceKey, workspaceSecret, tenantKey] = names.map((name) => given(env, name));
  if (workspaceKey !== undefined && workspaceSecret !== undefined && tenantKey !== undefined) {
    return { kind: 'workspace', workspaceKey, workspaceSecret, tenantKey };
  }
  // The key and the tenant alone say who, but prove nothing.
  if (workspaceSecret === undefined) {
    throw new UserError('no-token', 'there is no Membrane token', {
      hint: `set MEMBRANE_TOKEN or give --token-file or --token-command ('membrane token', after \`membrane login\`), or set ${names.join(', ')}`,
    });
  }
  const missing = names.filter((name) => given(env, name) === undefined).join(' and ');
  throw new UserError('no-token', `no Membrane token can be made: ${missing} not set`, {
    hint: `a token for a tenant needs ${names.join(', ')}`,
  });
}

async function readTokenFile(path: string): Promise<string> {
  const bytes = await readUpTo(path, LARGEST_TOKEN_FILE, {
    code: 'no-token',
    name: `the token file ${path}`,
  });
  return bytes.toString('utf8');
}

/** An empty variable is none. */
function given(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}
