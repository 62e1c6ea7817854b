import type { Text } from '../../model/text.ts';
import {
  type InterpolateOptions,
  LONGEST_WITH_SECRET,
  type Piece,
  type ReferenceFault,
  replaceReference,
} from './reference.ts';

export interface Interpolated {
  /** Null when a reference could not be replaced. */
  text: Text | null;
  faults: ReferenceFault[];
}

/** No longer text has references, but one that is meant to wear out the reader. */
const LONGEST_WITH_REFERENCES = 65_536;

/** Replaces the references of one string. Secrets are entered into the secret book. */
export function interpolate(text: string, options: InterpolateOptions): Interpolated {
  if (text.length > LONGEST_WITH_REFERENCES) return { text: null, faults: [tooLong(text)] };
  const pieces: Piece[] = [];
  const faults: ReferenceFault[] = [];
  let broken = false;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('$', at);
    if (next === -1) break;
    pieces.push({ text: text.slice(at, next) });
    if (text.startsWith('$${', next)) {
      pieces.push({ text: '${' });
      at = next + 3;
    } else if (text.startsWith('${', next)) {
      const end = text.indexOf('}', next);
      const reference = end === -1 ? text.slice(next) : text.slice(next, end + 1);
      const isWhole = reference.length === text.length;
      const result = replaceReference(reference, end !== -1, isWhole, options);
      if (result.fault) faults.push({ ...result.fault, at: next, text: reference });
      if (result.piece) pieces.push(result.piece);
      else broken = true;
      at = next + reference.length;
    } else {
      pieces.push({ text: '$' });
      at = next + 1;
    }
  }
  pieces.push({ text: text.slice(at) });
  return broken ? { text: null, faults } : join(text, pieces, faults, options);
}

function tooLong(text: string): ReferenceFault {
  return {
    code: 'too-long',
    message: `a text with references has ${LONGEST_WITH_REFERENCES.toLocaleString('en')} characters at most, and this one has ${text.length.toLocaleString('en')}`,
    hint: 'shorten the text',
    at: 0,
    text,
  };
}

function join(
  text: string,
  pieces: readonly Piece[],
  faults: ReferenceFault[],
  { secrets }: InterpolateOptions,
): Interpolated {
  const real = pieces.map((piece) => ('secret' in piece ? piece.value : piece.text)).join('');
  if (!pieces.some((piece) => 'secret' in piece)) return { text: real, faults };
  const fail = (fault: Omit<ReferenceFault, 'at' | 'text'>): Interpolated => ({
    text: null,
    faults: [...faults, { ...fault, at: 0, text }],
  });
  if (real.length > LONGEST_WITH_SECRET) {
    return fail({
      code: 'too-long',
      message: `a text with a secret in it has ${LONGEST_WITH_SECRET} characters at most, and this one has ${real.length}`,
      hint: 'check the value of the secret',
    });
  }
  const written = secrets.fill(templateOf(pieces));
  if (written.real === real) return { text: written, faults };
  return fail({
    code: 'bad-reference',
    message: 'a $ directly before ${secret:…} would make it a literal',
    hint: 'put the $ into the secret',
  });
}

/** The string as a file could write it without `${env:…}`. */
function templateOf(pieces: readonly Piece[]): string {
  let template = '';
  let literal = '';
  const flush = () => {
    // A function, since "$$" in a replacement text would mean "$".
    template += literal.replaceAll('${', () => '$${');
    literal = '';
  };
  for (const piece of pieces) {
    if ('secret' in piece) {
      flush();
      template += `\${secret:${piece.secret}}`;
    } else literal += piece.text;
  }
  flush();
  return template;
}
