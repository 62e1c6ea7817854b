import { UserError } from '../model/errors.ts';
import type { ApplyReport } from '../model/report.ts';
import { reportSchema } from '../model/report-schema.ts';
import { readDocument } from './read-document.ts';

/**
 * A report that `apply --report` wrote.
 * @throws {UserError} when it cannot be read as one.
 */
export async function readReportFile(path: string): Promise<ApplyReport> {
  const result = reportSchema.safeParse(await readDocument(path, 'report'));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new UserError('not-a-report', `${path} is not a report${place}: ${issue?.message ?? ''}`, {
    hint: 'give the file that `chaportctl apply --report FILE` wrote',
  });
}
