import { buildMask } from '../../src/model/masking/build-mask.ts';
import { medianOf } from './measure.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const SECRETS = [
  { count: 1, length: 40 },
  { count: 200, length: 40 },
  { count: 6, length: 2_000 },
];
const ROUNDS = 5;

export interface MaskingFigure {
  /** In characters. */
  size: number;
  /** Milliseconds for each number of secrets, in the order of `secrets`. */
  medians: number[];
  /** With 200 secrets, a text of percent signs, backslashes and ampersands alone. */
  hostile: number;
}

export interface MaskingFigures {
  secrets: { count: number; length: number }[];
  sizes: MaskingFigure[];
  /** Time of the largest text over the time of the one a tenth its size, with the most secrets. */
  growth: number;
}

/** Masks error bodies that echo secrets in several encodings, in this process, once it is warm. */
export function timeMasking(): MaskingFigures {
  const books = SECRETS.map(({ count, length }) => secretsOf(count, length));
  const sizes = SIZES.map((size) => {
    const medians = books.map((secrets) => timeMask(secrets, bodyOf(secrets, size)));
    const hostile = timeMask(books[1] ?? [], '%25\\\\n&amp;'.repeat(size / 12), false);
    return { size, medians, hostile };
  });
  const [before, largest] = sizes.slice(-2).map(({ medians }) => medians[1] ?? Number.NaN);
  return { secrets: SECRETS, sizes, growth: (largest ?? Number.NaN) / (before ?? Number.NaN) };
}

function timeMask(secrets: readonly string[], text: string, hasSecrets = true): number {
  const mask = buildMask(secrets.map((value) => ({ value, shown: '***' })));
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const started = performance.now();
    const masked = mask(text);
    if (masked.includes('***') !== hasSecrets) throw new Error('the text was not masked');
    if (round > 0) times.push(performance.now() - started);
  }
  return medianOf(times);
}

/** One like the other, but none within another. */
function secretsOf(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, index) => `s3cr3t/${index}-`.padEnd(length, `${index}+kéy%"`));
}

function bodyOf(secrets: readonly string[], size: number): string {
  const encoders = [encodeURIComponent, JSON.stringify, (text: string) => text.replaceAll('"', '&quot;')];
  const sentence = 'The request was not accepted: the field "targetUrl" is not a valid address. ';
  let text = '';
  for (let index = 0; text.length < size; index += 1) {
    const secret = secrets[index % secrets.length] ?? '';
    text += sentence.repeat(10) + (encoders[index % encoders.length]?.(secret) ?? '');
  }
  return text;
}
