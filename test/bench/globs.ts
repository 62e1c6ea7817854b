import { emailGlob } from '../../src/planner/globs.ts';
import { medianOf } from './measure.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const ROUNDS = 5;
/** Each star could begin at every letter, and the end is missing. */
const HOSTILE = '*a*a*a*a*b';
const USUAL = '*@*.acme.example';

export interface GlobFigures {
  sizes: {
    /** In characters. */
    size: number;
    /** Milliseconds. */
    usual: number;
    hostile: number;
  }[];
  /** Time of the largest text over the time of the one a tenth its size, with the hostile glob. */
  growth: number;
}

/** Compares long texts with globs, in this process, once it is warm. */
export function timeGlobs(): GlobFigures {
  const sizes = SIZES.map((size) => {
    const text = 'a'.repeat(size);
    return { size, usual: timeGlob(USUAL, text), hostile: timeGlob(HOSTILE, text) };
  });
  const [before, largest] = sizes.slice(-2);
  return { sizes, growth: (largest?.hostile ?? Number.NaN) / (before?.hostile ?? Number.NaN) };
}

function timeGlob(glob: string, text: string): number {
  const matches = emailGlob(glob);
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const started = performance.now();
    if (matches(text)) throw new Error('the glob should not match');
    if (round > 0) times.push(performance.now() - started);
  }
  return medianOf(times);
}
