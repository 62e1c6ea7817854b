import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ConnectionFlags, chooseConnection } from '../../../src/cli/account/choose-connection.ts';
import { UserError } from '../../../src/model/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHAPORT = { CHAPORT_TOKEN: 'chaport-token' };
const CONNECTION = { MEMBRANE_CONNECTION_ID: 'c1' };
const WORKSPACE = {
  MEMBRANE_WORKSPACE_KEY: 'w1',
  MEMBRANE_WORKSPACE_SECRET: 's1-secret',
  MEMBRANE_TENANT_KEY: 'acme',
};
const MEMBRANE = { ...CONNECTION, ...WORKSPACE };

type Env = Record<string, string>;

function choose(flags: Partial<ConnectionFlags>, env: Env) {
  return chooseConnection(
    {
      via: undefined,
      connection: undefined,
      baseUrl: undefined,
      tokenFile: undefined,
      tokenCommand: undefined,
      ...flags,
    },
    env,
    {
      runCommand: (words, way) => async () => `${way}: ${words.join('|')}`,
      listConnections: async () => [
        { id: 'c9', key: 'chaport-main', name: 'Chaport', state: 'READY', isChaport: true },
      ],
    },
  );
}

async function complaintOf(flags: Partial<ConnectionFlags>, env: Env): Promise<UserError> {
  const error: unknown = await choose(flags, env).then(
    (via) => new Error(`chosen: ${JSON.stringify(via)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserError) return error;
  throw error;
}

describe('the way to the account', () => {
  test('is direct unless it is said otherwise', async () => {
    expect(await choose({}, { ...CHAPORT, ...MEMBRANE, CHAPORT_VIA: '' })).toEqual({
      kind: 'direct',
      baseUrl: 'https://app.chaport.com/api/v1',
      token: 'chaport-token',
    });
  });

  test.each<[string, Partial<ConnectionFlags>, Env]>([
    ['--via', { via: 'membrane' }, {}],
    ['CHAPORT_VIA', {}, { CHAPORT_VIA: 'membrane' }],
    ['--via before CHAPORT_VIA', { via: 'membrane' }, { CHAPORT_VIA: 'direct' }],
    [
      '--via, whatever stands in the variables of the direct way',
      { via: 'membrane' },
      { ...CHAPORT, CHAPORT_BASE_URL: 'x' },
    ],
  ])('is Membrane by %s', async (_name, flags, env) => {
    expect(await choose(flags, { ...MEMBRANE, ...env })).toEqual({
      kind: 'membrane',
      apiUrl: 'https://api.getmembrane.com',
      connectionId: 'c1',
      credentials: { kind: 'workspace', workspaceKey: 'w1', workspaceSecret: 's1-secret', tenantKey: 'acme' },
    });
  });

  test('through Membrane takes the connection of the flag and a self-hosted address', async () => {
    const env = { ...MEMBRANE, MEMBRANE_API_URL: 'https://membrane.acme.example/api/' };
    expect(await choose({ via: 'membrane', connection: 'c2' }, env)).toMatchObject({
      apiUrl: 'https://membrane.acme.example/api',
      connectionId: 'c2',
    });
  });

  test('through Membrane takes the token of --token-file, else of MEMBRANE_TOKEN, else makes its own', async () => {
    const tokenFile = path.join(temporaryFolder({ token: 'pat-file\n' }), 'token');
    const key = { MEMBRANE_WORKSPACE_KEY: 'w1' };
    const tokens = await Promise.all([
      choose({ via: 'membrane', tokenFile }, { ...MEMBRANE, MEMBRANE_TOKEN: 'pat-env' }),
      choose({ via: 'membrane' }, { ...CONNECTION, ...key, MEMBRANE_TOKEN: 'pat-env' }),
      choose({ via: 'membrane' }, { ...MEMBRANE, MEMBRANE_TOKEN: '' }),
    ]);
    expect(tokens.map((via) => via.kind === 'membrane' && via.credentials)).toEqual([
      { kind: 'token', token: 'pat-file' },
      { kind: 'token', token: 'pat-env' },
      expect.objectContaining({ kind: 'workspace', tenantKey: 'acme' }),
    ]);
  });
});

describe('a token command', () => {
  const tokenOf = async (flags: Partial<ConnectionFlags>, env: Env) => {
    const via = await choose(flags, env);
    const { token } = via.kind === 'direct' ? via : { token: '', ...via.credentials };
    return typeof token === 'string' ? token : token();
  };

  test('is split by blanks and quotes, and a flag goes before every variable', async () => {
    const words = `print 'a  b'"c;$d" ''`;
    expect(await tokenOf({ tokenCommand: words }, { ...CHAPORT, CHAPORT_TOKEN_COMMAND: 'no' })).toBe(
      'direct: print|a  bc;$d|',
    );
    expect(await tokenOf({}, { CHAPORT_TOKEN_COMMAND: 'membrane token' })).toBe('direct: membrane|token');
    const membrane = { ...CONNECTION, CHAPORT_TOKEN_COMMAND: 'membrane token' };
    expect(await tokenOf({ via: 'membrane' }, membrane)).toBe('membrane: membrane|token');
  });

  test('gives way to the aliases of variables, a slash at the end apart', async () => {
    const env = { ...CONNECTION, MEMBRANE_ACCESS_TOKEN: 'pat-alias', MEMBRANE_API_URI: 'https://m.example/' };
    const both = { ...env, MEMBRANE_TOKEN: 'pat-alias', MEMBRANE_API_URL: 'https://m.example' };
    for (const variables of [env, both]) {
      expect(await choose({ via: 'membrane' }, variables)).toMatchObject({
        apiUrl: 'https://m.example',
        credentials: { kind: 'token', token: 'pat-alias' },
      });
    }
  });
});

describe('what is missing or contradictory is an error with what would be right', () => {
  test.each<[Partial<ConnectionFlags>, Env, string, RegExp, RegExp]>([
    [{}, { CHAPORT_VIA: 'Membrane' }, 'usage', /CHAPORT_VIA is "Membrane"/, /direct or membrane/],
    [{}, {}, 'no-token', /no access token/, /CHAPORT_TOKEN .*Settings/],
    [{}, MEMBRANE, 'no-token', /no access token/, /add --via membrane/],
    [{ connection: 'c1' }, CHAPORT, 'usage', /--connection .*direct/, /add --via membrane/],
    [
      { via: 'direct', connection: 'c1' },
      { ...CHAPORT, CHAPORT_VIA: 'membrane' },
      'usage',
      /--connection/,
      /--via membrane/,
    ],
    [
      { via: 'membrane', baseUrl: 'http://127.0.0.1:4010/api/v1' },
      MEMBRANE,
      'invalid-base-url',
      /on this machine/,
      /app\.chaport\.com/,
    ],
    [{ tokenFile: 'a', tokenCommand: 'b' }, CHAPORT, 'usage', /both given/, /keep one/],
    [
      {},
      { ...CHAPORT, CHAPORT_TOKEN_COMMAND: 'b' },
      'usage',
      /CHAPORT_TOKEN and .*COMMAND are both/,
      /unset/,
    ],
    [{ tokenCommand: 'print $TOKEN' }, {}, 'usage', /has a \$ outside quotes/, /no shell/],
    [{ tokenCommand: 'print "token' }, {}, 'usage', /never closed/, /no shell/],
    [
      { via: 'membrane' },
      { ...MEMBRANE, MEMBRANE_API_URI: 'https://a.example/', MEMBRANE_API_URL: 'https://b.example' },
      'usage',
      /MEMBRANE_API_URL and MEMBRANE_API_URI/,
      /unset one/,
    ],
    [
      { via: 'membrane' },
      { ...CONNECTION, MEMBRANE_ACCESS_TOKEN: 'pat-1', MEMBRANE_TOKEN: 'pat-2' },
      'usage',
      /MEMBRANE_TOKEN and MEMBRANE_ACCESS_TOKEN/,
      /unset one/,
    ],
    [
      { via: 'membrane' },
      WORKSPACE,
      'no-connection',
      /no Membrane connection was named.*c9 \(key chaport-main, "Chaport", READY\)/,
      /--connection c9 .*MEMBRANE_CONNECTION_ID/,
    ],
    [
      { via: 'membrane', connection: '../x' },
      WORKSPACE,
      'invalid-connection',
      /not one/,
      /membrane connection list/,
    ],
    [
      { via: 'membrane', connection: '..' },
      WORKSPACE,
      'invalid-connection',
      /not one/,
      /membrane connection list/,
    ],
    [
      { via: 'membrane' },
      { ...CHAPORT, ...CONNECTION },
      'no-token',
      /no Membrane token/,
      /MEMBRANE_TOKEN .*--token-file/,
    ],
    [
      { via: 'membrane' },
      { ...MEMBRANE, MEMBRANE_TENANT_KEY: '' },
      'no-token',
      /MEMBRANE_TENANT_KEY not set/,
      /needs/,
    ],
    [
      { via: 'membrane' },
      { ...CONNECTION, MEMBRANE_WORKSPACE_SECRET: 's1-secret' },
      'no-token',
      /MEMBRANE_WORKSPACE_KEY and MEMBRANE_TENANT_KEY not set/,
      /needs/,
    ],
    [{ via: 'membrane' }, { ...MEMBRANE, MEMBRANE_TOKEN: 'pat-env' }, 'usage', /both set/, /unset one/],
    [
      { via: 'membrane' },
      { ...CONNECTION, MEMBRANE_TOKEN: 's1 secret' },
      'invalid-token',
      /MEMBRANE_TOKEN has white space/,
      /Membrane/,
    ],
    [{ via: 'membrane', tokenFile: '/no/such' }, MEMBRANE, 'no-token', /no such file/, /^$/],
    [
      { via: 'membrane' },
      { ...MEMBRANE, MEMBRANE_API_URL: 'http://membrane.acme.example' },
      'invalid-membrane-api-url',
      /must be https/,
      /api\.getmembrane\.com/,
    ],
    [
      { via: 'membrane' },
      { ...MEMBRANE, MEMBRANE_API_URL: 'https://u:s1-secret@membrane.acme.example' },
      'invalid-membrane-api-url',
      /user name or password/,
      /api\.getmembrane\.com/,
    ],
  ])('%j with %j', async (flags, env, code, message, hint) => {
    const error = await complaintOf(flags, env);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint ?? '').toMatch(hint);
    expect(`${error.message} ${error.hint}`).not.toMatch(/s1.secret/);
  });
});
