import type { Observed } from '../client.ts';
import { isHtml } from '../http/error-text.ts';
import { readJson } from '../http/json-body.ts';
import type { Findings } from './findings.ts';
import { isRefused } from './observer.ts';
import { isObject, shapeOf } from './shapes.ts';

/** What form an error of the API has. */
export function noteErrorBody(findings: Findings, body: string): void {
  if (body.trim() === '') findings.note('error-body', 'empty', 'no body');
  else if (isHtml(body)) findings.note('error-body', 'html', 'a page');
  else noteSpokenError(findings, readJson(body));
}

function noteSpokenError(findings: Findings, json: unknown): void {
  const seen = shapeOf(json);
  if (json === undefined) findings.note('error-body', 'text', 'plain text');
  else if (!isObject(json)) findings.note('error-body', 'json', seen);
  else if (isObject(json.error)) findings.note('error-body', 'default', seen);
  else if (typeof json.error === 'string') findings.note('error-body', 'error', seen);
  else if (Array.isArray(json.errors)) findings.note('error-body', 'list', seen);
  else if (typeof json.message === 'string') findings.note('error-body', 'message', seen);
  else findings.note('error-body', 'json', seen);
}

/** What reading an id came to that nobody has. */
export function noteUnknownId(findings: Findings, observed: Observed): void {
  const { status } = observed;
  const seen = `answered ${status}`;
  if (!isRefused(observed)) {
    findings.note('unknown-id', 'answered', seen);
    return;
  }
  findings.note('unknown-id', status === 404 ? 'default' : 'refused', seen);
  noteErrorBody(findings, observed.body);
}

/** A refusal of a body as wrong. */
export function noteBadInput(findings: Findings, { status, body }: Observed): void {
  if (status === 400) findings.note('bad-input', 'default', 'answered 400');
  if (status === 422) findings.note('bad-input', '422', 'answered 422');
  noteErrorBody(findings, body);
}
