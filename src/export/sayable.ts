import { WrittenOperator, WrittenWebhook } from '../config/written-entries.ts';
import { normaliseUrl } from '../model/urls.ts';
import { escapeForTerminal } from '../render/escape.ts';

type OperatorKey = keyof typeof WrittenOperator.shape;

/** Whether a file may hold the value there. The account may hold anything. */
export function canSay(key: OperatorKey, value: unknown): boolean {
  return WrittenOperator.shape[key].safeParse(value).success;
}

export function canSayEvent(event: string): boolean {
  return WrittenWebhook.shape.events.safeParse([event]).success;
}

/** The spelling of a live URL that a file may hold and that means the same; `null` where there is none. */
export function sayableUrl(url: string): string | null {
  const normalised = normaliseUrl(url);
  const spellings = [url, normalised].filter(
    (spelling) =>
      WrittenWebhook.shape.url.safeParse(spelling).success && normaliseUrl(spelling) === normalised,
  );
  return spellings[0] ?? null;
}

/** Text that stands for itself: what would be a reference is escaped. */
export function literal(text: string): string {
  // A function, since "$$" in a replacement text would mean "$".
  return text.replaceAll('${', () => '$${');
}

const LONGEST_QUOTE = 80;

/** Foreign text inside a comment or a message: one line, nothing hidden, not too long. */
export function quoted(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `"${escapeForTerminal(cut)}"`;
}
