import type { Line, Mistake, Recogniser } from './mistake.ts';

/** Quotes and brackets that are opened and not closed. The place is where they open. */
export const unclosed: Recogniser = ({ lines }) => lines.flatMap(unclosedIn);

function unclosedIn({ unclosed: open }: Line): Mistake[] {
  if (!open) return [];
  const { opensAt, closesAt, closing } = open;
  const isQuote = /["']/.test(closing);
  return [
    {
      code: 'unclosed',
      message: isQuote ? 'this quote is never closed' : 'this bracket is never closed',
      hint: `write ${closing.trim()} at the end of ${isQuote ? 'the text' : 'what it holds'}`,
      from: opensAt,
      to: closesAt,
      fix: { from: closesAt, to: closesAt, text: closing },
    },
  ];
}
