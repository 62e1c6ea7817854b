/** First twelve bytes of ids as the API makes them (24 hex characters); the rest is a counter. */
const PREFIX = '674090a0c4a9074c1e';

/**
 * Ids that are the same in every run: a fixed start and a counter, so that later ones sort
 * later. The counter goes on after the ids that are taken, so none is ever given twice.
 */
export function createIdSource(taken: readonly string[]): () => string {
  const counters = taken
    .filter((id) => id.length === 24 && id.startsWith(PREFIX))
    .map((id) => Number.parseInt(id.slice(PREFIX.length), 16))
    .filter(Number.isFinite);
  let last = Math.max(0, ...counters);
  return () => {
    last += 1;
    return PREFIX + last.toString(16).padStart(24 - PREFIX.length, '0');
  };
}
