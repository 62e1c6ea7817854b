import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers one request, which has been read in full, in its own way. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

export interface ScriptedServer {
  url: string;
  port: number;
  /** Every request that was read, in order. */
  requests: SeenRequest[];
  /** Ends a server before its test does. */
  close(): Promise<void>;
}

/**
 * A real HTTP server that gives the answers in order, the last one again and again. With a
 * function instead, that chooses for each request.
 */
export async function startScriptedServer(
  script: Answer[] | ((request: SeenRequest) => Answer),
): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const choose = (request: SeenRequest, index: number): Answer => {
    if (typeof script === 'function') return script(request);
    return script[Math.min(index, script.length - 1)] ?? json(500, { error: 'no script' });
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => {});
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      choose(request, requests.length - 1)(response, request);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}`, port, requests, close };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function text(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

export const LOGIN_PAGE = text(
  200,
  '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in</body></html>',
  { 'content-type': 'text/html' },
);

/** Cuts the connection once the request is there: the server may have acted. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

/** Ends the connection in good order without a word. */
export const hangUp: Answer = (response) => {
  response.socket?.end();
};

/** Never answers. */
export const silence: Answer = () => {};

/** Promises more than it sends. */
export function truncated(status: number, body: string): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length + 100 });
    response.write(body, () => response.socket?.end());
  };
}

/** Sends a byte now and then, for ever. */
export function trickle(status: number): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  };
}
