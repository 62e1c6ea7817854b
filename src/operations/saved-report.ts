import { UserError } from '../model/errors.ts';
import type { ApplyReport } from '../model/report.ts';
import { reportSchema } from '../model/report-schema.ts';
import { DOCUMENT_HINTS, parseDocument } from './parse-document.ts';

/**
 * A report that was saved as JSON: by `apply --report`, or by `render`.
 * @param name how complaints name the document, such as its file.
 * @param hint what they advise.
 * @throws {UserError} when it cannot be read as one.
 */
export function parseReport(text: string, name = 'the text', hint = DOCUMENT_HINTS.report): ApplyReport {
  const document = parseDocument(text, name, 'report');
  if ('digest' in document) {
    throw new UserError('not-a-report', `${name} is a saved plan, not the report of an apply`, { hint });
  }
  const result = reportSchema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new UserError('not-a-report', `${name} is not a report${place}: ${issue?.message ?? ''}`, { hint });
}
