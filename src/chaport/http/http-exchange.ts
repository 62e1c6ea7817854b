import { STATUS_CODES } from 'node:http';
import { actedOn, type Call, type Problem } from './call.ts';
import { excerptOf } from './error-text.ts';
import { explainRedirect, explainStatus } from './explain-status.ts';
import { readJson } from './json-body.ts';
import { judgeSuccess } from './judge-success.ts';
import { readRetryAfter, waitAsAsked } from './retry-after.ts';
import { type GatewayProblem, type Transport, type TransportAnswer, TransportFailure } from './transport.ts';

export type AnswerVerdict =
  | { done: true; status: number; json: unknown }
  | { done: false; status?: number; problem: Problem };

export interface ExchangeOptions {
  transport: Transport;
  timeoutSeconds: number;
  mask: (text: string) => string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Makes one request and says what came of it. */
export async function attempt(
  call: Call,
  options: ExchangeOptions,
  abort: AbortSignal | undefined,
): Promise<AnswerVerdict> {
  try {
    const answer = await options.transport.send({
      method: call.method,
      path: call.path,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      timeoutSeconds: options.timeoutSeconds,
      abort,
    });
    const problem = judge(call, answer, options);
    const { status } = answer;
    return problem ? { done: false, status, problem } : { done: true, status, json: readJson(answer.body) };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    return { done: false, problem: fromFailure(call, error) };
  }
}

function fromFailure(call: Call, { code, message, hint, transient, acted }: TransportFailure): Problem {
  return { code, reason: message, hint, transient, acted: actedOn(call, acted) };
}

/** `null`: the call succeeded. */
function judge(call: Call, answer: TransportAnswer, options: ExchangeOptions): Problem | null {
  const { transport, mask } = options;
  const { status, headers } = answer;
  if (answer.cut?.code === 'interrupted') return { ...fromFailure(call, answer.cut), status };
  if (status >= 200 && status < 300) return judgeSuccess(call, answer, options);
  const retryAfter = readRetryAfter(headers['retry-after'], options.now());
  const gateway = transport.explainGateway(answer);
  if (gateway)
    return stoppedOnTheWay(call, answer, gateway, {
      reason: reasonOf(gateway.who, answer, mask),
      retryAfter,
    });
  if (status === 404 && call.method === 'DELETE') return null;
  if (status >= 300 && status < 400) return explainRedirect(call, answer, options);
  return explainStatus(call, status, { reason: reasonOf('the server', answer, mask), retryAfter }, transport);
}

function reasonOf(
  who: string,
  { status, body, cut }: TransportAnswer,
  mask: ExchangeOptions['mask'],
): string {
  const words = cut ? '' : excerptOf(body, mask);
  const title = STATUS_CODES[status];
  return `${who} answered ${status}${title ? ` ${title}` : ''}${words && words !== title ? `: ${words}` : ''}`;
}

/** The API did not say this, and may not even have been asked. */
function stoppedOnTheWay(
  call: Call,
  { status }: TransportAnswer,
  { code, hint, transient, acted }: GatewayProblem,
  { reason, retryAfter }: { reason: string; retryAfter: number | null },
): Problem {
  const problem = { code, hint, status, acted: actedOn(call, acted) };
  if (!transient) return { ...problem, reason, transient };
  return { ...problem, ...waitAsAsked(reason, retryAfter) };
}
