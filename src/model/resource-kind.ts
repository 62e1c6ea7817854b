import type { DesiredState, Policy, PolicyGlob } from './desired.ts';
import type { Fields } from './json.ts';
import type { LiveState } from './live.ts';
import type { Action, FieldChange, KindName } from './plan.ts';
import type { Source } from './source.ts';

/** What the file wants of one object, in the form that every kind shares. Strings are real values. */
export interface WantedObject {
  /** Identity, comparable with `LiveObject.key`. */
  key: string;
  /** The key it had before `movedFrom`, and the key fields behind it. */
  previous?: { key: string; fields: Fields };
  absent: boolean;
  /** The declared fields: these are compared, and win over live values when sent. */
  fields: Fields;
  /** Wished for, but the API cannot change it: never sent, and warned of where the live value differs. */
  fixed?: { fields: Fields; because: string };
  /** Sent along with a change, never compared: a status's `ttl`. */
  extras: Fields;
  /** Planned only when the object it is part of is created by the same plan. */
  onlyAtCreation?: boolean;
  /** From this time (RFC 3339) on it is left alone. */
  until?: string;
  source: Source;
}

/** A live object in the form that every kind shares. */
export interface LiveObject {
  key: string;
  id: string;
  /** Every writable field. */
  fields: Fields;
}

/** What `effects` may look at. Hosts and addresses in it are real values, concealed by the planner. */
export interface EffectSubject {
  action: Action;
  before: Fields | null;
  after: Fields | null;
  fields: readonly FieldChange[];
  /** A deleted one was one of two with the same key, and the other one stays. */
  twinStays?: true;
}

/** A resource kind, described once. Planner, executor, render and export ask this instead of naming kinds. */
export interface ResourceKind {
  name: KindName;
  /** For sentences and headings: "2 operators". */
  noun: { one: string; many: string };
  /** The live list it is read from. */
  list: 'operators' | 'webhooks';
  /** Writable fields in the order in which they are shown. */
  fields: readonly string[];
  /** What the key is, as a part of a sentence. */
  keyInWords: string;
  /** Fields that make up the key; only `movedFrom` changes them. */
  keyFields: readonly string[];
  /** Sent with a create that does not declare them. */
  createDefaults: Fields;
  /** Without these an object cannot be created; one that is there can do without. */
  createNeeds: readonly string[];
  /** The words that a field may hold where it has a fixed few: no secret, even where a secret is spelled alike. */
  words: Readonly<Record<string, readonly string[]>>;
  /** The kind whose object carries this one: it is never created, deleted or unmanaged by itself. */
  partOf?: KindName;
  /** Two live objects with one key: an error, or surplus to be deleted where prune claims them. */
  liveDuplicates: 'error' | 'surplus';
  /** The objects that the file wants, `null` where the section is absent. */
  wanted(desired: DesiredState): WantedObject[] | null;
  live(live: LiveState): LiveObject[];
  /** The globs that claim live objects of this kind for deletion. */
  pruneGlobs(policy: Policy): readonly PolicyGlob[];
  /** Fields in the one spelling that is compared and sent. */
  normalise(fields: Fields): Fields;
  /** What `protect` and `prune` globs are matched with: the e-mail in lower case, the normalised URL. */
  globText(fields: Fields): string;
  /** E-mails are one word to a glob and have no case; in URLs a `*` stops at `/`. */
  globsIgnoreCase: boolean;
  /** The fields as they may be shown when only the live account knows them. */
  hideCredentials(fields: Fields): Fields;
  /** The words that make up the key, in the key's spelling; the key is these joined by blanks. */
  keyParts(fields: Fields): string[];
  /** What a reader must know before saying yes. */
  effects(subject: EffectSubject): string[];
}
