/** Of the samples of a property `npm run test:fuzz` draws all, and an ordinary run one in four. */
export function runs(all: number): number {
  return process.env.FUZZ_INPUTS === undefined ? Math.ceil(all / 4) : all;
}
