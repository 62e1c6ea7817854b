import type { Node } from 'yaml';
import type { EntryPlace, EntryReader } from '../../model/kinds/kind.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Source } from '../../model/source.ts';
import { type Text, WrittenText } from '../../model/text.ts';
import { hasOwnKey, ownPlaceAt, type Path, placeAt, placeOfKey, placeOfPair } from '../source/locate.ts';
import { type Place, type SourceFile, sourceOf } from '../source/source-file.ts';

/** A value that was written somewhere. */
export interface Located {
  file: SourceFile;
  node: Node | null;
  /** A text with a secret in it is a `WrittenText`. */
  filled: unknown;
  /** The same as it really is: what schemas look at. */
  real: unknown;
  /** What it is called when it is wrong itself: `an entry of "operators"`. */
  called: string;
  secrets: SecretBook;
}

export interface RelatedPlace {
  message: string;
  place: Place;
}

/**
 * A map that was written somewhere, and whose keys can be pointed at. Of a faulty one only
 * the sound keys are here, so that the rules between entries can still be checked.
 */
export class WrittenMap<T = Record<string, unknown>> implements EntryReader<T> {
  readonly keys: EntryReader<T>['keys'];
  readonly located: Located;
  readonly #faults: readonly Path[];

  /** @param faults the paths of what is not sound. */
  constructor(keys: EntryReader<T>['keys'], located: Located, faults: readonly Path[]) {
    this.keys = keys;
    this.located = located;
    this.#faults = faults;
  }

  /** The same with other sound keys. */
  withKeys(keys: EntryReader<T>['keys']): WrittenMap<T> {
    return new WrittenMap(keys, this.located, this.#faults);
  }

  get isMap(): boolean {
    return isMap(this.located.filled);
  }

  /** Whether the key is written at all, be its value sound or not. */
  has(key: keyof T): boolean {
    return isMap(this.located.filled) && Object.hasOwn(this.located.filled, key);
  }

  hasOwn(key: keyof T & string): boolean {
    return hasOwnKey(this.located.file, this.located.node, key);
  }

  soundTexts(key: keyof T & string): { text: Text; index: number }[] {
    const list = isMap(this.located.filled) ? this.located.filled[key] : null;
    if (!Array.isArray(list)) return [];
    const faulty = new Set(this.#faults.filter(([name]) => name === key).map(([, index]) => index));
    return list.flatMap((text: unknown, index) =>
      isText(text) && !faulty.has(index) ? { text, index } : [],
    );
  }

  sourceOf(...path: Path): Source {
    return sourceOf(this.placeOf(...path));
  }

  sourceOfKey(...path: Path): Source {
    return sourceOf(this.placeOfKey(...path));
  }

  ownSourceOf(...path: Path): Source {
    return sourceOf(this.ownPlaceOf(...path));
  }

  /** Where it starts, or what is at the path in it. */
  placeOf(...path: Path): Place {
    return placeAt(this.located.file, this.located.node, path);
  }

  placeOfKey(...path: Path): Place {
    return placeOfKey(this.located.file, this.located.node, path);
  }

  ownPlaceOf(...path: Path): Place {
    return ownPlaceAt(this.located.file, this.located.node, path);
  }

  /** The other place that says something of what is at the path, where files lie over each other. */
  otherPlaceOf(..._path: Path): RelatedPlace | undefined {
    return undefined;
  }

  /** What a kind complains of. */
  placeOfMark({ path, mark }: EntryPlace): Place {
    if (mark === undefined) return this.placeOf(...path);
    return mark === 'key' ? this.placeOfKey(...path) : this.placeOfPair(...path);
  }

  placeOfPair(...path: Path): Place {
    return placeOfPair(this.located.file, this.located.node, path);
  }
}

export function isMap(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WrittenText)
  );
}

function isText(value: unknown): value is Text {
  return typeof value === 'string' || value instanceof WrittenText;
}
