import type { AccountOperator, AccountWebhook } from './account-objects.ts';
import type { AnswerShapes } from './answers.ts';

/** The fields in the order of the vendor's own example. */
export function shownOperator(operator: AccountOperator) {
  const { id, email, name, language, jobTitle, role, lastLoginAt, lastActivityAt, image } = operator;
  const { lastStatus, realStatus, deactivated, extra } = operator;
  const person = { id, email, name, language, jobTitle, role, lastLoginAt, lastActivityAt, image };
  return { ...extra, ...person, lastStatus, realStatus, ...(deactivated ? { deactivated } : {}) };
}

export function shownWebhook(webhook: AccountWebhook, { pluralEvents }: AnswerShapes) {
  const { id, event, targetUrl, essential, extra } = webhook;
  return { id, ...(pluralEvents ? { events: [event] } : { event }), targetUrl, essential, ...extra };
}
