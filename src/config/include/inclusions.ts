/** A file that another one includes, and the item of `include` that says so. */
export interface IncludedFile {
  file: number;
  item: number;
}

/** Which files include which, directly or not. Files are known by their place among all. */
export class Inclusions {
  readonly #edges: readonly (readonly IncludedFile[])[];
  readonly #reach = new Map<number, ReadonlySet<number>>();

  /** @param edges what each file includes itself. */
  constructor(edges: readonly (readonly IncludedFile[])[]) {
    this.#edges = edges;
  }

  /** All that a file includes, directly or not. */
  reachOf(file: number): ReadonlySet<number> {
    const known = this.#reach.get(file);
    if (known) return known;
    const innerOf = (outer: number) => (this.#edges[outer] ?? []).map((edge) => edge.file);
    const reach = new Set(innerOf(file));
    // A set takes in what is added to it while it is walked.
    for (const inner of reach) for (const next of innerOf(inner)) reach.add(next);
    this.#reach.set(file, reach);
    return reach;
  }

  includes(outer: number, inner: number): boolean {
    return this.reachOf(outer).has(inner);
  }

  /** The files that no other one includes. */
  get roots(): number[] {
    const included = new Set(this.#edges.flat().map(({ file }) => file));
    return [...this.#edges.keys()].filter((file) => !included.has(file));
  }

  /** Of several that say something, those whose word holds: no other one includes them. In a circle nobody is first. */
  outermost<T extends { file: number }>(sayings: readonly T[]): readonly T[] {
    const outer = sayings.filter(({ file }) => !sayings.some((other) => this.includes(other.file, file)));
    return outer.length > 0 ? outer : sayings;
  }

  /** The files of each circle, and the item of the last one that closes it. */
  *circles(): Generator<{ files: number[]; item: number }> {
    const done = new Set<number>();
    for (const start of this.#edges.keys()) {
      // By hand, since a chain of includes may be longer than calls nest.
      const way = done.has(start) ? [] : [{ file: start, next: 0 }];
      const onWay = new Set(way.map(({ file }) => file));
      for (let last = way.at(-1); last; last = way.at(-1)) {
        const edge = this.#edges[last.file]?.[last.next];
        last.next += 1;
        if (edge === undefined) {
          done.add(last.file);
          onWay.delete(last.file);
          way.pop();
        } else if (onWay.has(edge.file)) {
          const files = way.map(({ file }) => file);
          yield { files: files.slice(files.indexOf(edge.file)), item: edge.item };
        } else if (!done.has(edge.file)) {
          way.push({ file: edge.file, next: 0 });
          onWay.add(edge.file);
        }
      }
    }
  }
}
