import type { EntryReader } from '../../model/kinds/kind.ts';
import type { Source } from '../../model/source.ts';
import type { Text } from '../../model/text.ts';
import { type RelatedPlace, WrittenMap } from '../schema/written-map.ts';
import type { Path } from '../source/locate.ts';
import { type Place, sourceOf } from '../source/source-file.ts';

/** A map that several files say together: each place is in the file whose word holds there. */
export class LayeredMap<T = Record<string, unknown>> extends WrittenMap<T> {
  readonly #layers: readonly WrittenMap<T>[];
  readonly #layerAt: (path: Path) => WrittenMap<T>;

  /** @param layers all that say something of it, the one that is the whole first. */
  constructor(
    keys: EntryReader<T>['keys'],
    layers: readonly [WrittenMap<T>, ...WrittenMap<T>[]],
    layerAt: (path: Path) => WrittenMap<T>,
  ) {
    super(keys, layers[0].located, []);
    this.#layers = layers;
    this.#layerAt = layerAt;
  }

  protected get base(): WrittenMap<T> {
    return this.#layerAt([]);
  }

  protected layerAt(path: Path): WrittenMap<T> {
    return this.#layerAt(path);
  }

  override has(key: keyof T): boolean {
    return this.#layers.some((layer) => layer.has(key));
  }

  override hasOwn(key: keyof T & string): boolean {
    return this.#layerAt([key]).hasOwn(key);
  }

  override soundTexts(key: keyof T & string): { text: Text; index: number }[] {
    return this.#layerAt([key]).soundTexts(key);
  }

  override placeOf(...path: Path): Place {
    return this.#layerAt(path).placeOf(...path);
  }

  override placeOfKey(...path: Path): Place {
    return this.#layerAt(path).placeOfKey(...path);
  }

  override placeOfPair(...path: Path): Place {
    return this.#layerAt(path).placeOfPair(...path);
  }

  override ownPlaceOf(...path: Path): Place {
    return this.#layerAt(path).ownPlaceOf(...path);
  }
}

/** An entry with the overrides that are laid over it. Its sources name the entry, and the override beside it. */
export class OverriddenEntry extends LayeredMap {
  readonly #overrides: readonly WrittenMap[];

  /** @param overrides by the field that they say; what none says is the entry's own. */
  constructor(keys: WrittenMap['keys'], entry: WrittenMap, overrides: ReadonlyMap<PropertyKey, WrittenMap>) {
    super(keys, [entry, ...overrides.values()], ([field]) =>
      field === undefined ? entry : (overrides.get(field) ?? entry),
    );
    this.#overrides = [...new Set(overrides.values())];
  }

  override sourceOf(...path: Path): Source {
    return this.#withOverrides(path, (layer) => layer.placeOf(...path));
  }

  override sourceOfKey(...path: Path): Source {
    return this.#withOverrides(path, (layer) => layer.placeOfKey(...path));
  }

  override ownSourceOf(...path: Path): Source {
    return this.#withOverrides(path, (layer) => layer.ownPlaceOf(...path));
  }

  override otherPlaceOf(...path: Path): RelatedPlace | undefined {
    const layer = this.layerAt(path);
    if (layer !== this.base)
      return { message: 'it overrides what is said here', place: this.#placeInEntry(path) };
    const [first] = path.length === 0 ? this.#overrides : [];
    return first && { message: 'it is overridden here', place: first.placeOf() };
  }

  #withOverrides(path: Path, placeIn: (layer: WrittenMap) => Place): Source {
    const layer = this.layerAt(path);
    if (layer !== this.base) {
      return { ...sourceOf(this.#placeInEntry(path)), overrides: [sourceOf(placeIn(layer))] };
    }
    const overrides =
      path.length === 0 ? this.#overrides.map((override) => sourceOf(override.placeOf())) : [];
    return { ...sourceOf(placeIn(layer)), ...(overrides.length === 0 ? {} : { overrides }) };
  }

  /** The field that is overridden, or the entry that does not have it. */
  #placeInEntry([field]: Path): Place {
    return field !== undefined && this.base.has(field as string)
      ? this.base.placeOfKey(field)
      : this.base.placeOf();
  }
}
