import type * as z from 'zod';
import type { SecretBook } from '../model/secrets.ts';
import type { Complaints } from './complaints.ts';
import { type Checked, complaintsFromIssues } from './diagnostics-from-zod.ts';
import { hasOwnKey, locate, ownPlaceAt, type Path, placeAt, placeOfKey, placeOfPair } from './locate.ts';
import type { Place, SourceFile } from './source-file.ts';
import { WrittenFile } from './written-config.ts';
import { WrittenOperator, WrittenWebhook } from './written-entries.ts';

/**
 * A map that was written somewhere, and whose keys can be pointed at. Of a faulty one only
 * the sound keys are here, so that the rules between entries can still be checked.
 */
export class Written<T> {
  readonly keys: Readonly<Partial<T>>;
  readonly #checked: Checked;
  readonly #faults: readonly Path[];

  /** @param faults the paths of what is not sound. */
  constructor(keys: Partial<T>, checked: Checked, faults: readonly Path[]) {
    this.keys = keys;
    this.#checked = checked;
    this.#faults = faults;
  }

  get isMap(): boolean {
    const { value } = this.#checked;
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  /** Whether the key is written at all, be its value sound or not. */
  has(key: keyof T): boolean {
    return this.isMap && Object.hasOwn(this.#checked.value as object, key);
  }

  /** Whether the key stands in the entry itself, not in a map that it merges or is an alias of. */
  hasOwn(key: keyof T & string): boolean {
    return hasOwnKey(this.#checked.file, this.#checked.node, key);
  }

  /** The sound texts of a list with their places in it, also where other entries of the list are faulty. */
  soundTexts(key: keyof T & string): { text: string; index: number }[] {
    const list: unknown = this.has(key) ? (this.#checked.value as Record<string, unknown>)[key] : null;
    if (!Array.isArray(list)) return [];
    const faulty = new Set(this.#faults.filter(([name]) => name === key).map(([, index]) => index));
    return list.flatMap((text: unknown, index) =>
      typeof text === 'string' && !faulty.has(index) ? { text, index } : [],
    );
  }

  /** Where it starts. */
  get place(): Place {
    return this.placeOf();
  }

  placeOf(...path: Path): Place {
    return placeAt(this.#checked.file, this.#checked.node, path);
  }

  /** As `placeOf`, but never outside the entry: where an alias or a merge leads away, there it ends. */
  ownPlaceOf(...path: Path): Place {
    return ownPlaceAt(this.#checked.file, this.#checked.node, path);
  }

  placeOfKey(...path: Path): Place {
    return placeOfKey(this.#checked.file, this.#checked.node, path);
  }

  /** The place of `key: value`. */
  placeOfPair(...path: Path): Place {
    return placeOfPair(this.#checked.file, this.#checked.node, path);
  }
}

/** What one file says; a section that it does not have, or that is unreadable, is missing. */
export interface FileSections {
  head: Written<WrittenFile>;
  operators: Written<WrittenOperator>[];
  webhooks: Written<WrittenWebhook>[];
}

/** Checks a file against the schemas, entry by entry, with a complaint for everything that is wrong. */
export function readSections(
  file: SourceFile,
  value: unknown,
  secrets: SecretBook,
  complaints: Complaints,
): FileSections {
  const read = <T>(schema: z.ZodType<T>, checked: Omit<Checked, 'file' | 'secrets'>): Written<T> => {
    const whole: Checked = { ...checked, file, secrets };
    return readMap(schema, whole, complaints);
  };
  const head = read(WrittenFile, { node: file.root, value, called: 'the file' });
  const entries = <T>(key: 'operators' | 'webhooks', schema: z.ZodType<T>): Written<T>[] => {
    const values = head.keys[key];
    if (!values) return [];
    const called = `an entry of "${key}"`;
    return values.map((entry, index) => {
      const { node } = locate(file, file.root, [key, index]);
      return read(schema, { node, value: entry, called });
    });
  };
  return {
    head,
    operators: entries('operators', WrittenOperator),
    webhooks: entries('webhooks', WrittenWebhook),
  };
}

function readMap<T>(schema: z.ZodType<T>, checked: Checked, complaints: Complaints): Written<T> {
  const result = schema.safeParse(checked.value);
  if (result.success) return new Written(result.data as Partial<T>, checked, []);
  for (const complaint of complaintsFromIssues(result.error.issues, checked)) complaints.add(complaint);
  const { value } = checked;
  const faults = result.error.issues.map((issue): Path => issue.path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Written({}, checked, faults);
  }
  const faulty = new Set<PropertyKey>();
  for (const issue of result.error.issues) {
    const [key] = issue.path;
    if (key !== undefined) faulty.add(key);
    else if (issue.code === 'unrecognized_keys') for (const unknown of issue.keys) faulty.add(unknown);
  }
  // Every faulty key is out, so what is left was found to be as the schema says.
  const sound = Object.fromEntries(Object.entries(value).filter(([key]) => !faulty.has(key))) as Partial<T>;
  return new Written(sound, checked, faults);
}
