import { escapeForTerminal, showBlanks } from '../escape.ts';

/** Markup that is safe to put into a page. Only this file makes it, so it cannot be forged by data. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** For `html` alone: what is passed here is taken as it is. */
  static ofTrusted(markup: string): Html {
    return new Html(markup);
  }

  toString(): string {
    return this.#markup;
  }
}

export type Part = Html | string | number | null | readonly Part[];

/**
 * A piece of a page. What stands in the template is ours; every value in it that is not `Html`
 * is escaped: it is text, with controls and other invisible characters shown.
 */
export function html(ours: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = ours[0] ?? '';
  for (let index = 0; index < parts.length; index += 1) {
    markup += markupOf(parts[index] ?? null) + (ours[index + 1] ?? '');
  }
  return Html.ofTrusted(markup);
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'string') return PLAIN.test(part) ? part : escapeHtml(escapeForTerminal(part));
  if (typeof part === 'number') return String(part);
  let markup = '';
  for (const one of part) markup += markupOf(one);
  return markup;
}

/** Neither of the two has anything to escape in it; a long page has a great many such texts. */
const PLAIN = /^[ !$%(-;=?-~–]*$/;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '#': '&#35;',
};

/** With them `##[`, a command to a runner whose log the page passes through. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']|#(?=#(?:vso)?\[)/gi, (sign) => ENTITIES[sign] ?? '');
}

/** One or a row of them: an element for each would make a page of them. */
const VISIBLE_ESCAPES = /((?:\\(?:x[0-9a-f]{2}|u\{[0-9a-f]+\}|[nrt])){1,1000})/;

/**
 * Text of other people: its direction is its own and does not reach the words around it. What is
 * shown in place of a sign is set apart, and reads from left to right in every script.
 */
export function foreign(text: string): Html {
  const parts = showBlanks(escapeForTerminal(text)).split(VISIBLE_ESCAPES);
  return html`<bdi>${parts.map((part, index) => (index % 2 === 1 ? html`<bdi class="escape" dir="ltr">${part}</bdi>` : part))}</bdi>`;
}

export function joinWith(separator: string, parts: readonly Part[]): Part[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}
