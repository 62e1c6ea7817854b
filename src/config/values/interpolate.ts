import type { Text } from '../../model/text.ts';
import {
  type InterpolateOptions,
  LONGEST_WITH_SECRET,
  type Piece,
  type ReferenceFault,
  replaceReference,
  type Variable,
} from './reference.ts';

export interface Interpolated {
  /** Null when a reference could not be replaced. */
  text: Text | null;
  faults: ReferenceFault[];
  /** The variables that it names, each with its reference. */
  variables: (Variable & { text: string })[];
}

/** No longer text has references, but one that is meant to wear out the reader. */
const LONGEST_WITH_REFERENCES = 65_536;

/** A `$${`, or a reference up to its end, or to the end of the text where it has none. */
const LITERAL_OR_REFERENCE = /\$\$\{|\$\{[^}]*\}?/g;

/** Replaces the references of one string. Secrets are entered into the secret book. */
export function interpolate(text: string, options: InterpolateOptions): Interpolated {
  if (text.length > LONGEST_WITH_REFERENCES) return { text: null, faults: [tooLong(text)], variables: [] };
  const pieces: Piece[] = [];
  const faults: ReferenceFault[] = [];
  const variables: Interpolated['variables'] = [];
  let broken = false;
  let at = 0;
  for (const { 0: found, index } of text.matchAll(LITERAL_OR_REFERENCE)) {
    pieces.push({ text: text.slice(at, index) });
    at = index + found.length;
    if (found === '$${') {
      pieces.push({ text: '${' });
      continue;
    }
    const { piece, fault, variable } = replaceReference(found, found === text, options);
    if (variable) variables.push({ ...variable, text: found });
    if (fault) faults.push({ ...fault, at: index, text: found });
    if (piece) pieces.push(piece);
    else broken = true;
  }
  pieces.push({ text: text.slice(at) });
  const { text: joined = null, fault } = broken ? {} : join(text, pieces, options);
  return { text: joined, faults: fault ? [...faults, fault] : faults, variables };
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
  { secrets }: InterpolateOptions,
): { text?: Text; fault?: ReferenceFault } {
  const real = pieces.map((piece) => ('secret' in piece ? piece.value : piece.text)).join('');
  if (!pieces.some((piece) => 'secret' in piece)) return { text: real };
  if (real.length > LONGEST_WITH_SECRET) {
    const message = `a text with a secret in it has ${LONGEST_WITH_SECRET} characters at most, and this one has ${real.length}`;
    return { fault: { code: 'too-long', message, hint: 'check the value of the secret', at: 0, text } };
  }
  const written = secrets.fill(templateOf(pieces));
  if (written.real === real) return { text: written };
  const message = 'a $ directly before ${secret:…} would make it a literal';
  return { fault: { code: 'bad-reference', message, hint: 'put the $ into the secret', at: 0, text } };
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
