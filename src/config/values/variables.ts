import type { Complaint } from '../complaints.ts';
import type { Place } from '../source/source-file.ts';
import type { Variable } from './reference.ts';

/** Where each variable first stands, as a secret and as a plain value, over all files. */
export class Variables {
  readonly #first = { env: new Map<string, Place>(), secret: new Map<string, Place>() };

  note({ kind, name }: Variable, place: () => Place): void {
    if (!this.#first[kind].has(name)) this.#first[kind].set(name, place());
  }

  /** What is shown in one place cannot be hidden in another. */
  *complaints(): Generator<Complaint> {
    for (const [name, place] of this.#first.env) {
      const secret = this.#first.secret.get(name);
      if (!secret) continue;
      yield {
        code: 'secret-and-env',
        message: `the variable ${name} is a secret elsewhere, and would be shown here`,
        hint: `write \${secret:${name}} everywhere, or \${env:${name}} everywhere if it is no secret`,
        place,
        related: { message: 'it is a secret here', place: secret },
      };
    }
  }
}
