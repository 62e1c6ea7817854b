import type { UserError } from '../model/errors.ts';
import { joinBlocks, markedSentence } from './text/lines.ts';
import { layoutFor, type TextOptions } from './text/style.ts';

const TITLE = 'Refused, and nothing was changed:';

/** What stands above the plan that apply refuses, so that nobody takes it for what was done. */
export function renderRefusalText({ message }: UserError, options: TextOptions): string {
  const layout = layoutFor(options);
  return `${joinBlocks([markedSentence(layout.styles.error(TITLE), message, layout)])}\n`;
}
