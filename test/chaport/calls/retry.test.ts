import { describe, expect, it } from 'vitest';
import { actedInAll } from '../../../src/chaport/calls/retry.ts';
import type { Acted } from '../../../src/chaport/errors.ts';

describe('what several attempts did together', () => {
  it.each<[Acted, Acted, Acted]>([
    ['none', 'none', 'none'],
    ['none', 'maybe', 'maybe'],
    ['maybe', 'none', 'maybe'],
    ['maybe-later', 'maybe', 'maybe-later'],
    ['maybe', 'maybe-later', 'maybe-later'],
    ['maybe-later', 'none', 'maybe-later'],
  ])('of %s and %s is %s', (one, other, expected) => {
    expect(actedInAll(one, other)).toBe(expected);
  });
});
