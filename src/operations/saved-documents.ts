import { UserError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import { DOCUMENT_HINTS, isReport, jsonObject } from './parse-document.ts';
import { parsePlan } from './saved-plan.ts';
import { parseReport } from './saved-report.ts';

/**
 * A plan or a report that was saved as JSON, to be looked at: also a plan that a guard refuses.
 * @param name how complaints name the document, such as its file.
 * @throws {UserError} when it cannot be read as either.
 * @throws {RefusedError} for a plan that was changed since, or has an older format.
 */
export function parsePlanOrReport(text: string, name = 'the text'): Plan | ApplyReport {
  const document = jsonObject(text);
  const hint = DOCUMENT_HINTS.either;
  if (document && isReport(document)) return parseReport(text, name, hint);
  if (document && 'digest' in document) return parsePlan(text, name, hint);
  const why = document === null ? ': it is no JSON document' : '';
  throw new UserError('not-a-document', `${name} is neither a plan nor a report${why}`, { hint });
}
