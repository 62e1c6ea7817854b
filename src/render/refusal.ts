import type { UserError } from '../model/errors.ts';
import { prose } from './markdown/inline.ts';
import { joinBlocks, markedSentence } from './text/lines.ts';
import { layoutFor, type TextOptions } from './text/style.ts';

const TITLE = 'Refused, and nothing was changed:';

/** What stands above the plan that apply refuses, so that nobody takes it for what was done. */
export function renderRefusalText({ message }: UserError, options: TextOptions): string {
  const layout = layoutFor(options);
  return `${joinBlocks([markedSentence(layout.styles.error(TITLE), message, layout)])}\n`;
}

export function renderRefusalMarkdown({ message, hint }: UserError): string {
  const why = [message, ...(hint === undefined ? [] : [hint])].map((text) => prose(text)).join('. ');
  return `> [!CAUTION]\n> **${TITLE}** ${why}\n\n`;
}
