import { UserError } from '../../model/errors.ts';
import type { ApplyReport } from '../../model/report.ts';
import { reportSchema } from '../../model/report-schema.ts';
import { DOCUMENT_HINTS, readDocument } from './read-document.ts';

/**
 * A report that `apply --report` wrote.
 * @throws {UserError} when it cannot be read as one.
 */
export async function readReportFile(path: string): Promise<ApplyReport> {
  const document = await readDocument(path, 'report');
  const hint = DOCUMENT_HINTS.report;
  if ('digest' in document) {
    throw new UserError('not-a-report', `${path} is a saved plan, not the report of an apply`, { hint });
  }
  const result = reportSchema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new UserError('not-a-report', `${path} is not a report${place}: ${issue?.message ?? ''}`, { hint });
}
