import * as z from 'zod';
import type { GatewayProblem, TransportAnswer } from '../../http/transport.ts';
import type { MembraneVia } from '../via.ts';

/**
 * An error of Membrane's own, in the form of its SDK. That an answer of the app comes back as it is, status and
 * body, is what its documentation says; that none of those looks like this is assumed.
 */
const membraneError = z.object({
  type: z.enum([
    'bad_request',
    'connection',
    'configuration',
    'dependency_error',
    'flow_run',
    'flow_instance_setup',
    'concurrency',
    'internal',
    'action_run',
    'action_instance_setup',
    'unit_run',
    'custom_code',
    'insufficient_credit',
    'openrouter_not_configured',
  ]),
  key: z.string().optional(),
  message: z.string(),
});

type MembraneError = z.infer<typeof membraneError>;

/** `null` where it is the app's own answer. Everything here is independent of what was asked. */
export function explainMembrane(via: MembraneVia, answer: TransportAnswer): GatewayProblem | null {
  if (answer.status < 400) return null;
  const error = readError(answer.body);
  if (error) return { ...problemOf(error, answer.status, via), who: 'Membrane' };
  // Nobody can say whose it is, and the app's own one may mean success.
  if (answer.cut && answer.status === 404) return { ...passedOnPerhaps(), who: 'Membrane or the API' };
  return null;
}

/** What a connection that has lost its credentials is told by as well, without a type. */
const disconnected = z
  .object({ code: z.literal('CONNECTION_DISCONNECTED'), type: z.undefined().optional() })
  .transform((): MembraneError => ({ type: 'connection', key: 'connection_is_defunct', message: '' }));

function readError(body: string): MembraneError | null {
  try {
    return z.union([membraneError, disconnected]).safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

type Explanation = Omit<GatewayProblem, 'who'>;

function problemOf({ type, key }: MembraneError, status: number, via: MembraneVia): Explanation {
  switch (type) {
    case 'bad_request':
      return badRequest(key, status, via);
    case 'connection':
      return key === 'rate_limit_exceeded' ? tooFast() : refused('connection-unusable', reconnect(via));
    case 'configuration':
      return refused('connection-unusable', 'The integration is not set up right: look at it in Membrane.');
    case 'insufficient_credit':
      return refused('connection-unusable', 'The Membrane workspace has no credits left.');
    default:
      return passedOnPerhaps();
  }
}

function badRequest(key: string | undefined, status: number, via: MembraneVia): Explanation {
  if (key === 'not_authenticated' || status === 401) return refused('unauthorised', renewToken(via));
  if (key === 'access_denied' || status === 403) {
    return refused('unauthorised', 'The connection belongs to another tenant than the token does.');
  }
  if (key === 'not_found' || status === 404) {
    return refused(
      'connection-unusable',
      'Check --connection (MEMBRANE_CONNECTION_ID) and the tenant: `membrane connection list` shows what there is, `membrane connect --connectorKey chaport` makes a new one.',
    );
  }
  if (key === 'rate_limit_exceeded' || status === 429) return tooFast();
  return refused('rejected', undefined);
}

/** Said before the app is asked, or because the app did not let Membrane in. */
function refused(code: GatewayProblem['code'], hint: string | undefined): Explanation {
  return { code, hint, transient: false, acted: 'none' };
}

function tooFast(): Explanation {
  const hint = 'Try again later, or with a lower --concurrency.';
  return { code: 'rate-limited', hint, transient: true, acted: 'none' };
}

/** It failed on the way there or back, and does not say in a word whether it gave up waiting: the app may be at it still. */
function passedOnPerhaps(): Explanation {
  return { code: 'unavailable', hint: undefined, transient: true, acted: 'maybe-later' };
}

/** What to do when Chaport does not take the credentials that Membrane keeps. */
export function reconnect({ connectionId }: MembraneVia): string {
  return `Reconnect it: \`membrane connect --connectionId ${connectionId}\`.`;
}

function renewToken({ credentials }: MembraneVia): string {
  return credentials.kind === 'token'
    ? 'Make a new Membrane token: it belongs in MEMBRANE_TOKEN, the file of --token-file or what --token-command prints, and may have expired.'
    : 'Check MEMBRANE_WORKSPACE_KEY, MEMBRANE_WORKSPACE_SECRET and MEMBRANE_TENANT_KEY, and the clock of this machine.';
}
