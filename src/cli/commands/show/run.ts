import { UserError } from '../../../model/errors.ts';
import type { Plan } from '../../../model/plan.ts';
import { comparePlans } from '../../../model/plan-comparison.ts';
import type { ApplyReport } from '../../../model/report.ts';
import { parsePlanOrReport } from '../../../operations/saved-documents.ts';
import { comparisonInFormat, planInFormat, reportInFormat } from '../../documents/in-format.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { readDocument } from '../../files/read-document.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { SHOW_OPTIONS } from './definition.ts';

type ShowFlags = FlagsOf<typeof SHOW_OPTIONS> & { document?: string };

/** Shows what was saved; asks no account and writes nothing. */
export async function runShow(flags: ShowFlags, terminal: Terminal): Promise<ExitCode> {
  const { document: path, compare, format } = flags;
  if (path === undefined) {
    throw new UserError('usage', 'show needs a saved plan or a report', {
      hint: 'chaportctl show plan.json: a file that `chaportctl plan --out plan.json` wrote',
    });
  }
  if (compare !== undefined) return showComparison(path, compare, flags, terminal);
  const document = await readSaved(path);
  const shown = isReport(document)
    ? await reportInFormat(document, flags, terminal)
    : await planInFormat(document, flags, terminal);
  terminal.write(shown, format);
  return EXIT.done;
}

async function showComparison(
  path: string,
  older: string,
  { format, maxBytes }: ShowFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (format === 'gitlab') {
    throw new UserError('usage', `how two plans differ cannot be shown as ${format}`, {
      hint: 'choose one of text, json, markdown, html',
    });
  }
  const [old, next] = [await readPlan(older), await readPlan(path)];
  const comparison = comparePlans(old, next);
  const names = { old: older, new: path };
  terminal.write(await comparisonInFormat(comparison, { format, maxBytes }, terminal, names), format);
  return comparison.isSame ? EXIT.done : EXIT.differences;
}

async function readSaved(path: string): Promise<Plan | ApplyReport> {
  return parsePlanOrReport(await readDocument(path, 'plan or report'), path);
}

async function readPlan(path: string): Promise<Plan> {
  const document = await readSaved(path);
  if (!isReport(document)) return document;
  throw new UserError('not-a-plan', `${path} is the report of an apply, and only plans are compared`, {
    hint: 'name two files that `chaportctl plan --out FILE` wrote',
  });
}

function isReport(document: Plan | ApplyReport): document is ApplyReport {
  return 'planDigest' in document;
}
