import { idOfCreated } from '../api/answers.ts';
import type { Observed } from '../client.ts';
import type { Findings } from './findings.ts';
import { isObject } from './shapes.ts';

/** How a create that succeeded was answered. */
export function noteCreate(findings: Findings, { status, json, body }: Observed): void {
  const reading = status === 200 || status === 204 ? (`${status}` as const) : 'other';
  findings.note('create-status', status === 201 ? 'default' : reading, `answered ${status}`);
  if (body.trim() === '') findings.note('create-answer', 'empty', 'no body');
  else if (idOfCreated(json) === null)
    findings.note('create-answer', 'no-id', 'no id where one is looked for');
  else if (isObject(json) && isObject(json.result)) {
    const isIdAlone = Object.keys(json.result).length === 1;
    findings.note('create-answer', isIdAlone ? 'result-id' : 'default', 'the id is in result');
  } else {
    const isIdAlone = isObject(json) && Object.keys(json).length === 1;
    findings.note('create-answer', isIdAlone ? 'id' : 'object', 'the id is at the top');
  }
}

/** How an update or a delete that succeeded was answered. */
export function noteChange(findings: Findings, { status, body }: Observed): void {
  const reading = status === 201 || status === 204 ? (`${status}` as const) : 'other';
  findings.note('change-status', status === 200 ? 'default' : reading, `answered ${status}`);
  const isEmpty = body.trim() === '';
  findings.note('change-answer', isEmpty ? 'empty' : 'default', isEmpty ? 'no body' : 'with a body');
}
