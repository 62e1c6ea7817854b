/** Where the symbols of a reading stand, the last one first. Readings that part share what came before. */
export interface Trail {
  readonly start: number;
  readonly length: number;
  readonly before: Trail | null;
  /** A trail far before this one, so that no way back is long. */
  readonly leap: Trail | null;
}

export function extend(before: Trail | null, start: number): Trail {
  const near = before?.leap;
  const far = near?.leap;
  const length = (before?.length ?? 0) + 1;
  // Leaps of one length become one of more than twice that length: a way back takes logarithmic time.
  const areAlike = before && near && before.length - near.length === near.length - (far?.length ?? 0);
  return { start, length, before, leap: areAlike ? (far ?? null) : before };
}

/** Where the symbol stands that came so many symbols before the last. */
export function trailBack(trail: Trail, steps: number): number {
  const wanted = trail.length - steps;
  let at = trail;
  while (at.length > wanted) {
    const next = at.leap && at.leap.length >= wanted ? at.leap : at.before;
    if (!next) break;
    at = next;
  }
  return at.start;
}
