import {
  parseBaseUrl,
  parseConnectionId,
  parseMembraneApiUrl,
  parseMembraneToken,
  parseToken,
} from '../../chaport/credentials/access.ts';
import type { MembraneCredentials } from '../../chaport/credentials/membrane-credentials.ts';
import type { Via } from '../../chaport/transports/via.ts';
import { UserError } from '../../model/errors.ts';
import { DEFAULTS, type Environment } from '../../operations/defaults.ts';
import { readUpTo } from '../files/read-up-to.ts';

const LARGEST_TOKEN_FILE = 16_384;

export interface ConnectionFlags {
  via: string | undefined;
  connection: string | undefined;
  baseUrl: string | undefined;
  tokenFile: string | undefined;
}

/**
 * How the account is reached, and with which credentials. A flag that the chosen way has no use
 * for is an error; a variable may be there for other runs, and is passed over.
 * @throws {UserError} for what is missing, wrong or contradictory.
 */
export async function chooseConnection(flags: ConnectionFlags, env: Environment): Promise<Via> {
  return chosenWay(flags, env) === 'membrane' ? throughMembrane(flags, env) : direct(flags, env);
}

function chosenWay({ via }: ConnectionFlags, env: Environment): string {
  if (via !== undefined) return via;
  const chosen = given(env, 'CHAPORT_VIA') ?? 'direct';
  if (chosen === 'direct' || chosen === 'membrane') return chosen;
  throw new UserError('usage', `CHAPORT_VIA is "${chosen}"`, { hint: 'set it to direct or membrane' });
}

async function direct({ connection, baseUrl, tokenFile }: ConnectionFlags, env: Environment): Promise<Via> {
  if (connection !== undefined) {
    throw new UserError('usage', '--connection names a connection of Membrane, but the way is direct', {
      hint: 'add --via membrane (or set CHAPORT_VIA), or leave --connection out',
    });
  }
  return {
    kind: 'direct',
    baseUrl: parseBaseUrl(baseUrl ?? given(env, 'CHAPORT_BASE_URL') ?? DEFAULTS.baseUrl),
    token: await takeChaportToken(tokenFile, env),
  };
}

async function takeChaportToken(tokenFile: string | undefined, env: Environment): Promise<string> {
  if (tokenFile !== undefined) return parseToken(await readTokenFile(tokenFile), `the file ${tokenFile}`);
  const token = given(env, 'CHAPORT_TOKEN');
  if (token !== undefined) return parseToken(token, 'CHAPORT_TOKEN');
  const membrane = given(env, 'MEMBRANE_TOKEN') ?? given(env, 'MEMBRANE_WORKSPACE_SECRET');
  throw new UserError('no-token', 'there is no access token', {
    hint:
      membrane === undefined
        ? 'set CHAPORT_TOKEN or give --token-file; the token comes from Chaport, Settings → API'
        : 'set CHAPORT_TOKEN or give --token-file; to go through Membrane, add --via membrane',
  });
}

async function throughMembrane(flags: ConnectionFlags, env: Environment): Promise<Via> {
  if (flags.baseUrl !== undefined) {
    throw new UserError(
      'usage',
      '--base-url has no use with --via membrane: Membrane knows where Chaport is',
      {
        hint: 'leave --base-url out; where Membrane itself is goes into MEMBRANE_API_URL',
      },
    );
  }
  const connection = flags.connection ?? given(env, 'MEMBRANE_CONNECTION_ID');
  if (connection === undefined) {
    throw new UserError('no-connection', 'there is no Membrane connection to go through', {
      hint: 'give --connection or set MEMBRANE_CONNECTION_ID: `membrane connection list` shows the IDs, `membrane connect --connectorKey chaport` makes a connection',
    });
  }
  return {
    kind: 'membrane',
    apiUrl: parseMembraneApiUrl(given(env, 'MEMBRANE_API_URL') ?? DEFAULTS.membraneApiUrl),
    connectionId: parseConnectionId(connection),
    credentials: await takeMembraneCredentials(flags.tokenFile, env),
  };
}

async function takeMembraneCredentials(
  tokenFile: string | undefined,
  env: Environment,
): Promise<MembraneCredentials> {
  if (tokenFile !== undefined) {
    const token = parseMembraneToken(await readTokenFile(tokenFile), `the file ${tokenFile}`);
    return { kind: 'token', token };
  }
  const token = given(env, 'MEMBRANE_TOKEN');
  if (token === undefined) return takeWorkspaceCredentials(env);
  if (given(env, 'MEMBRANE_WORKSPACE_SECRET') !== undefined) {
    // They may stand for two tenants, and so for two accounts.
    throw new UserError('usage', 'MEMBRANE_TOKEN and MEMBRANE_WORKSPACE_SECRET are both set', {
      hint: 'unset one of them: a ready token, or a workspace to make tokens for',
    });
  }
  return { kind: 'token', token: parseMembraneToken(token, 'MEMBRANE_TOKEN') };
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
      hint: `set MEMBRANE_TOKEN or give --token-file, or set ${names.join(', ')}`,
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
