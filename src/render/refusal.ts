import type { UserError } from '../model/errors.ts';
import { escapeForTerminal } from './escape.ts';
import { joinBlocks } from './text/lines.ts';
import { layoutFor, type TextOptions } from './text/style.ts';
import { wrapWords } from './width.ts';

const TITLE = 'Refused, and nothing was changed:';

/** What stands above the plan that apply refuses, so that nobody takes it for what was done. */
export function renderRefusalText({ message }: UserError, options: TextOptions): string {
  const { styles, width } = layoutFor(options);
  const lines = wrapWords(`${TITLE} ${escapeForTerminal(message)}`, width);
  return `${joinBlocks([lines.map((line) => line.replace(TITLE, styles.error(TITLE)))])}\n`;
}
