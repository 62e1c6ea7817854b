import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { DiagnosticCode } from '../../model/codes.ts';
import { WrittenText } from '../../model/text.ts';
import type { Complaints } from '../complaints.ts';
import { UNREADABLE } from '../mistakes/unreadable.ts';
import { type Place, placeBetween, placeOfNode, type SourceFile } from '../source/source-file.ts';
import { isMergeKey, keyTextOf, TOO_DEEP } from '../source/yaml-document.ts';
import { interpolate } from './interpolate.ts';
import type { InterpolateOptions } from './reference.ts';
import type { Variables } from './variables.ts';

/** Stands where a value was already complained about, so that nobody complains again. */
export const INVALID = Symbol('invalid');

/** The deepest nesting that is read; a configuration needs 6. */
const MAX_DEPTH = 64;
/** How many values aliases and merges may bring up again: far more than any team, far fewer than an alias bomb. */
const MAX_REPEATED = 250_000;

const PLAIN_TAGS = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

class GivenUp extends Error {}

interface ValueOptions extends InterpolateOptions {
  /** The variables of all files. */
  variables: Variables;
}

/** What a file says, as plain values. */
export interface FileValues {
  /** A text with a secret in it is a `WrittenText`. */
  filled: unknown;
  /** The same with every text as it really is; the same objects where no secret is in them. */
  real: unknown;
}

/**
 * Turns the file's nodes into plain values: aliases and merges resolved, references replaced.
 * Objects have no prototype. Finds out on the way what only the nodes know: duplicate keys,
 * unknown anchors, alias bombs, tags. `null` after a complaint about the file as a whole.
 */
export function toPlainValues(
  file: SourceFile,
  options: ValueOptions,
  complaints: Complaints,
): FileValues | null {
  try {
    const converter = new Converter(file, options, complaints);
    const { value: filled } = converter.convert(file.root, 0);
    return filled === INVALID ? null : { filled, real: converter.hasSecrets ? realTree(filled) : filled };
  } catch (error) {
    if (error instanceof GivenUp) return null;
    throw error;
  }
}

/** The same object where no text in it holds a secret. */
function realTree(value: unknown): unknown {
  if (value instanceof WrittenText) return value.real;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(realTree);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const real: Record<string, unknown> = Object.create(null);
  let differs = false;
  for (const [key, inner] of Object.entries(value)) {
    real[key] = realTree(inner);
    differs ||= real[key] !== inner;
  }
  return differs ? real : value;
}

/** A value and how many values it holds in all, repeated ones counted again. */
interface Converted {
  value: unknown;
  size: number;
}

class Converter {
  readonly #file: SourceFile;
  readonly #options: ValueOptions;
  readonly #complaints: Complaints;
  readonly #anchors = new Map<string, Node>();
  readonly #converted = new Map<Node, Converted>();
  readonly #shortSecrets = new Set<string>();
  #repeated = 0;
  /** Whether any text so far holds a secret. */
  hasSecrets = false;

  constructor(file: SourceFile, options: ValueOptions, complaints: Complaints) {
    this.#file = file;
    this.#options = options;
    this.#complaints = complaints;
  }

  convert(node: unknown, depth: number): Converted {
    if (depth > MAX_DEPTH) {
      this.#complain('too-deep', TOO_DEEP, node);
      throw new GivenUp();
    }
    if (isAlias(node)) return this.#convertAlias(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { value: null, size: 1 };
    if (node.anchor) this.#anchors.set(node.anchor, node);
    const converted = this.#convertContent(node, depth);
    if (node.anchor) this.#converted.set(node, converted);
    return converted;
  }

  #convertContent(node: Scalar | YAMLMap | YAMLSeq, depth: number): Converted {
    if (node.tag && !PLAIN_TAGS.test(node.tag)) {
      const tag = node.tag.replace('tag:yaml.org,2002:', '!!').slice(0, 60);
      return this.#invalid(
        'unsupported-tag',
        `${tag} means nothing here`,
        node,
        `take ${tag} away, or put the whole text in quotes`,
      );
    }
    if (isMap(node)) return this.#convertMap(node, depth);
    if (isSeq(node)) return this.#convertSeq(node, depth);
    return { value: this.#convertScalar(node), size: 1 };
  }

  #convertAlias(alias: Alias): Converted {
    const shown = alias.source.slice(0, 60);
    const target = this.#anchors.get(alias.source);
    if (!target) {
      return this.#invalid(
        'unknown-anchor',
        `nothing above is named &${shown}, which *${shown} stands for`,
        alias,
        `write &${shown} in front of the value that is meant, further up in this file`,
      );
    }
    this.#file.aliasTargets.set(alias, target);
    const converted = this.#converted.get(target);
    if (!converted) {
      return this.#invalid(
        'recursive-alias',
        `*${shown} stands inside what it means`,
        alias,
        'write the value out here',
      );
    }
    this.#countRepeated(converted.size, alias);
    return converted;
  }

  #countRepeated(size: number, node: Node): void {
    this.#repeated += size;
    if (this.#repeated <= MAX_REPEATED) return;
    this.#complain(
      'alias-bomb',
      'what * repeats in this file blows it up to an enormous size',
      node,
      `they may repeat ${MAX_REPEATED.toLocaleString('en')} values at most`,
    );
    throw new GivenUp();
  }

  #convertSeq(seq: YAMLSeq, depth: number): Converted {
    let size = 1;
    const value = seq.items.map((item) => {
      const converted = this.convert(item, depth + 1);
      size += converted.size;
      return converted.value;
    });
    return { value, size };
  }

  #convertMap(map: YAMLMap, depth: number): Converted {
    const own: Record<string, unknown> = Object.create(null);
    const merged: Record<string, unknown> = Object.create(null);
    const firsts = new Map<string, Pair>();
    let size = 1;
    for (const pair of map.items) {
      const key = this.#keyText(pair, depth);
      const converted = this.convert(pair.value, depth + 1);
      size += converted.size;
      if (key === null) continue;
      const first = firsts.get(key);
      if (first) {
        this.#complainAboutRepeatedKey(key, pair, first);
        continue;
      }
      firsts.set(key, pair);
      if (isMergeKey(pair.key)) size += this.#merge(merged, converted.value, pair);
      else own[key] = converted.value;
    }
    // What the map says itself wins over what it merges, wherever the << stands.
    for (const key of Object.keys(merged)) {
      if (!(key in own)) own[key] = merged[key];
    }
    return { value: own, size };
  }

  /** The earlier of several merged maps wins. Returns how many values were added. */
  #merge(into: Record<string, unknown>, value: unknown, pair: Pair): number {
    if (value === INVALID) return 0;
    const place = isNode(pair.value) ? pair.value : pair.key;
    let count = 0;
    for (const source of Array.isArray(value) ? value : [value]) {
      if (source === INVALID) continue;
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        this.#complain(
          'bad-merge',
          '<< takes a section of keys, or a list of such',
          place,
          'write <<: *anchor',
        );
        continue;
      }
      for (const key of Object.keys(source)) {
        count += 1;
        if (!(key in into)) into[key] = source[key];
      }
    }
    if (isNode(place)) this.#countRepeated(count, place);
    return count;
  }

  /** Every key is text to us, and never interpolated; null after a complaint. */
  #keyText(pair: Pair, depth: number): string | null {
    let key = pair.key;
    if (isAlias(key)) {
      if (this.convert(key, depth + 1).value === INVALID) return null;
      key = this.#file.aliasTargets.get(key);
    } else if (isScalar(key) && key.anchor) {
      this.#anchors.set(key.anchor, key);
      this.#converted.set(key, { value: key.value, size: 1 });
    }
    if (isScalar(key) && key.value !== null) return keyTextOf(key);
    const isEmpty = !isNode(pair.key) || pair.key.range?.[0] === pair.key.range?.[1];
    this.#complain(
      'invalid-key',
      isEmpty ? 'a key is missing before this value' : 'a list, a section or null cannot be a key here',
      isEmpty && isNode(pair.value) ? pair.value : pair.key,
      'write `key: value`',
    );
    return null;
  }

  #complainAboutRepeatedKey(key: string, pair: Pair, first: Pair): void {
    const isMerge = isMergeKey(pair.key);
    this.#complaints.add({
      code: 'duplicate-key',
      message: `the key "${this.#shown(key)}" stands twice here`,
      hint: isMerge ? 'merge several with <<: [*one, *other]' : 'take one of the two lines away',
      place: this.#placeOf(pair.key),
      related: { message: 'the first one is here', place: this.#placeOf(first.key) },
    });
  }

  #convertScalar(scalar: Scalar): unknown {
    const { value } = scalar;
    if (typeof value !== 'string') return isPlain(value) ? value : INVALID;
    if (value === UNREADABLE) return INVALID;
    if (!value.includes('${')) return value;
    const result = interpolate(value, this.#options);
    let from = scalar.range?.[0] ?? 0;
    for (const variable of result.variables) {
      this.#options.variables.note(variable, () => this.#placeOfReference(scalar, variable, from));
    }
    for (const fault of result.faults) {
      if (this.#complaints.isFull) break;
      const place = this.#placeOfReference(scalar, fault, from);
      from = place.offset + 1;
      if (fault.code === 'short-secret' && this.#isKnownShortSecret(fault.text)) continue;
      const { severity, code, message, hint } = fault;
      this.#complaints.add({ ...(severity ? { severity } : {}), code, message, hint, place });
    }
    if (result.text instanceof WrittenText) this.hasSecrets = true;
    return result.text ?? INVALID;
  }

  #isKnownShortSecret(reference: string): boolean {
    return this.#shortSecrets.has(reference) || !this.#shortSecrets.add(reference);
  }

  /** The reference itself where it stands in the file as it stands in the string, else the whole string. */
  #placeOfReference(scalar: Scalar, reference: { text: string }, from: number): Place {
    const [start, end] = scalar.range ?? [0, 0];
    const at = this.#file.text.indexOf(reference.text, Math.max(from, start));
    if (at === -1 || at + reference.text.length > end) return placeOfNode(this.#file, scalar);
    return placeBetween(this.#file, at, at + reference.text.length);
  }

  #invalid(code: DiagnosticCode, message: string, node: Node, hint?: string): Converted {
    this.#complain(code, message, node, hint);
    return { value: INVALID, size: 1 };
  }

  #complain(code: DiagnosticCode, message: string, node: unknown, hint?: string): void {
    this.#complaints.add({ code, message, hint, place: this.#placeOf(node) });
  }

  #placeOf(node: unknown): Place {
    return isNode(node) ? placeOfNode(this.#file, node) : { file: this.#file, offset: 0, length: 1 };
  }

  #shown(text: string): string {
    const masked = this.#options.secrets.mask(text);
    return masked.length > 60 ? `${masked.slice(0, 60)}…` : masked;
  }
}

function isNode(value: unknown): value is Node {
  return isAlias(value) || isScalar(value) || isMap(value) || isSeq(value);
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
