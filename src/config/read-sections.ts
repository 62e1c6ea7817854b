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

  constructor(keys: Partial<T>, checked: Checked) {
    this.keys = keys;
    this.#checked = checked;
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
    return new Written(soundKeys(schema, whole, complaints), whole);
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

function soundKeys<T>(schema: z.ZodType<T>, checked: Checked, complaints: Complaints): Partial<T> {
  const result = schema.safeParse(checked.value);
  if (result.success) return result.data as Partial<T>;
  for (const complaint of complaintsFromIssues(result.error.issues, checked)) complaints.add(complaint);
  const { value } = checked;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const faulty = new Set<PropertyKey>();
  for (const issue of result.error.issues) {
    const [key] = issue.path;
    if (key !== undefined) faulty.add(key);
    else if (issue.code === 'unrecognized_keys') for (const unknown of issue.keys) faulty.add(unknown);
  }
  // Every faulty key is out, so what is left was found to be as the schema says.
  return Object.fromEntries(Object.entries(value).filter(([key]) => !faulty.has(key))) as Partial<T>;
}
