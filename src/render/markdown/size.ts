export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The rendering with the most items that fits, or `null` where even none is too long. */
export function mostThatFits(
  items: number,
  maxBytes: number,
  render: (shown: number) => string,
): string | null {
  let best = render(0);
  if (byteLength(best) > maxBytes) return null;
  let low = 0;
  let high = items;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const text = render(middle);
    if (byteLength(text) <= maxBytes) {
      best = text;
      low = middle;
    } else high = middle - 1;
  }
  return best;
}
