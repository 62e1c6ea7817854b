import type { ServerResponse } from 'node:http';
import type { Answer, AnswerShapes } from './answers.ts';

export type ErrorShape = AnswerShapes['errors'];

/** An answer as it goes over the wire. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function toWire(answer: Answer, errors: ErrorShape = 'object'): WireAnswer {
  const { status, error, headers = {} } = answer;
  if (error !== undefined && (errors === 'text' || errors === 'html')) {
    const wire = errors === 'html' ? html(status, errorPage(error)) : plainText(status, error);
    return { ...wire, headers: { ...wire.headers, ...headers } };
  }
  const body = error === undefined ? answer.body : errorBody(status, error, errors);
  if (body === undefined) return { status, headers, body: '' };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function html(status: number, markup: string): WireAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: markup };
}

/** Sends a whole answer. */
export function send(response: ServerResponse, { status, headers, body }: WireAnswer): number {
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
  return status;
}

function errorPage(text: string): string {
  const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<html><body><h1>${shown}</h1></body></html>`;
}

function plainText(status: number, text: string): WireAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}

function errorBody(status: number, message: string, errors: ErrorShape): object {
  switch (errors) {
    case 'error':
      return { error: message };
    case 'message':
      return { message };
    case 'list':
      return { errors: [{ message }] };
    default:
      return { error: { status, message } };
  }
}
