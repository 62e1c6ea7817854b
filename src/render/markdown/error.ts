import { DiagnosticsError, RefusedError, type UserError } from '../../model/errors.ts';
import { count, placeOf } from '../wording.ts';
import { code, prose } from './inline.ts';

/** Complaints that are named before "N more". */
const NAMED = 50;

/** Why a run ended with nothing changed, for the summary of a pipeline step. */
export function renderErrorMarkdown(error: UserError): string {
  const title =
    error instanceof RefusedError ? 'Refused, and nothing was changed' : 'An error, and nothing was changed';
  return `${['> [!CAUTION]', `> **${title}.**`, '>', ...reasonsOf(error).map((reason) => `> ${reason}`)].join('\n')}\n`;
}

function reasonsOf(error: UserError): string[] {
  if (!(error instanceof DiagnosticsError)) {
    return [prose(error.message), ...(error.hint === undefined ? [] : ['', prose(error.hint)])];
  }
  const errors = error.diagnostics.filter(({ severity }) => severity === 'error');
  const hidden = errors.length - NAMED;
  return [
    ...errors
      .slice(0, NAMED)
      .map(
        ({ message, hint, source }) =>
          `- ${source ? `${code(placeOf(source))} ` : ''}${prose(message)}${hint === undefined ? '' : ` (${prose(hint)})`}`,
      ),
    ...(hidden > 0 ? [`- ${count(hidden, { one: 'more error', many: 'more errors' })}`] : []),
  ];
}
