import type * as z from 'zod';
import type { Action, Change, Effect } from '../change.ts';
import type { DiagnosticCode, NeededField } from '../codes.ts';
import type { DesiredObject, Policy, PolicyGlob } from '../desired.ts';
import type { Fields } from '../json.ts';
import type { LiveEntry, LiveObject } from '../live.ts';
import type { PhaseOfKind } from '../phases.ts';
import type { Duty } from '../rota/rota.ts';
import type { Source } from '../source.ts';
import { realOf, type Text, type Values, type WrittenText } from '../text.ts';
import type { WriteOptions, WrittenSection } from '../written-entry.ts';

export interface Noun {
  one: string;
  many: string;
}

/**
 * What may stand in a field. `word`: one of a fixed few, never a secret. `text`: anybody's text. `address`: a
 * text that may hold a credential which only the live account knows.
 */
export type FieldNature = 'word' | 'text' | 'address';

/**
 * How much a reader must care. `grave`: cannot be undone. `weighty`: changes who may do or learn what.
 * `noticed`: reaches people.
 */
export type Gravity = 'grave' | 'weighty' | 'noticed' | 'plain';

/** Something that a plan means to people or systems, with all whom it concerns. */
export interface ImpactEntry {
  /** `Loses access for good`. */
  title: string;
  gravity: Gravity;
  /** Where each item can be said in a line of its own: `HOST starts receiving: EVENTS`. */
  each?: { noun: Noun; does: string };
  /** In the order of the plan. */
  items: readonly ImpactItem[];
}

/** A part of the headline: `take access from 7 people for good`. Few are named, many are counted. */
export type HeadlineClause = { before: string; noun: Noun; after?: string } & (
  | { names: readonly string[] }
  | { count: number }
);

/** One person, host or the like. */
export interface ImpactItem {
  /** Missing where the sides are its old and its new name. */
  name?: string;
  /** What of it: the events that a host receives. */
  details?: readonly string[];
  /** From what to what; `null`: nothing was there before. */
  sides?: { before: string | null; after: string | null };
  /** Words behind it: `for 12h`. */
  note?: string;
}

/** How visitors see a person in the chat window. */
export interface PublicFace {
  name: string | null;
  jobTitle: string | null;
  /** Address of the picture. */
  image: string | null;
}

/** What `effects` may look at. */
export interface EffectSubject {
  action: Action;
  before: Values | null;
  after: Values | null;
  /** The fields that differ. */
  paths: readonly string[];
  /** A deleted one was one of two with the same key, and the other one stays. */
  twinStays?: true;
  /** Whom the account reaches before the plan and after it, by `reach`. */
  reached?: { before: ReadonlySet<string>; after: ReadonlySet<string> };
}

/** What a person wrote, with its references replaced: any text in it may hold a secret. */
export type Filled<Written> = Written extends string
  ? Written | WrittenText
  : Written extends readonly (infer Item)[]
    ? Filled<Item>[]
    : Written extends object
      ? { [Key in keyof Written]: Filled<Written[Key]> }
      : Written;

/** An entry of a section as a person wrote it, references replaced. Only sound keys are in it. */
export interface EntryReader<Written = Record<string, unknown>> {
  readonly keys: Readonly<Partial<Filled<Written>>>;
  /** Whether the key stands in the entry itself, not in a map that it merges. */
  hasOwn(key: keyof Written & string): boolean;
  /** The sound texts of a list with their places in it, also where other items of the list are faulty. */
  soundTexts(key: keyof Written & string): { text: Text; index: number }[];
  /** Where the entry starts, or what is at the path in it. */
  sourceOf(...path: (string | number)[]): Source;
  /** Where a key of it stands. */
  sourceOfKey(...path: (string | number)[]): Source;
  /** As `sourceOf`, but never outside the entry: where an alias leads away, there it ends. */
  ownSourceOf(...path: (string | number)[]): Source;
}

/** Whether an entry says `state: absent`. */
export function isAbsent({ keys }: { keys: { readonly state?: Text | undefined } }): boolean {
  return keys.state !== undefined && realOf(keys.state) === 'absent';
}

/** An object that an entry is about, for the rule that each is described once. */
export interface EntryIdentity {
  key: string;
  previousKey?: string;
  /** What identifies it, as written, for sentences: an address, or an event and its URL. */
  words: readonly Text[];
  previousWords?: readonly Text[];
  /** Where in the entry it stands. */
  path: readonly (string | number)[];
}

/** A place inside an entry, or in `defaults`. */
export interface EntryPlace {
  path: readonly (string | number)[];
  /** What to mark: the value (default), its key, or both. */
  mark?: 'key' | 'pair';
}

/** Something wrong with an entry that its schema cannot see. */
export interface EntryComplaint {
  severity?: 'warning';
  code: DiagnosticCode;
  message: string;
  hint?: string;
  /** What the text was meant to be, where that is certain. */
  meant?: string;
  place: EntryPlace;
  /** The other place that it is about; `owner`: the line that names the account owner. */
  related?: { message: string; place: EntryPlace | 'owner' };
}

/** What an entry is checked against beside itself. */
export interface CheckContext {
  owner: Text | null;
  defaults: Readonly<Record<string, unknown>>;
  /** `false`: `defaults` are faulty or stand in a file that could not be read, and may say what is missing. */
  hasAllDefaults: boolean;
}

/** A section of the file, in the kind whose objects its entries are. */
export interface Section<Written = unknown, Entry = unknown> {
  /** Its key in the file: `operators`. */
  name: string;
  title: string;
  description: string;
  examples: readonly unknown[];
  /** An entry as it is written: every key has its `meta` for editors, in canonical order. */
  schema: z.ZodType<Written>;
  /** The key by which `overrides` find an entry, and its value in the spelling that is compared. */
  key: string;
  keyOf(written: Text): string;
  /** What tells entries apart that share the key, and so is not overridden for all of them at once. */
  apartBy?: string;
  /** What `defaults` may say for its entries, by key of `defaults`. */
  defaults: Readonly<Record<string, z.ZodType>>;
  /** What an entry asks for, with `defaults` filled in. */
  read(entry: EntryReader<Written>, defaults: Readonly<Record<string, unknown>>): Entry[];
  /** With `defaults`, which may say what identifies the objects. */
  identities(entry: EntryReader<Written>, defaults: Readonly<Record<string, unknown>>): EntryIdentity[];
  /** The code of the complaint that two entries describe one object. */
  duplicateCode: DiagnosticCode;
  /** What is said where one entry names an object twice, if it can; `words` are those of the identity, quoted. */
  repetition?(words: readonly string[]): Pick<EntryComplaint, 'code' | 'message' | 'hint'>;
  /** Where its entries are people, who may stand in `shifts`: the place of a status that would fight with them. */
  ownStatus?(entry: EntryReader<Written>, defaults: Readonly<Record<string, unknown>>): EntryPlace | null;
  /** Rules between the keys of one entry. */
  check(entry: EntryReader<Written>, context: CheckContext): EntryComplaint[];
  /** Rules between the keys of `defaults`. */
  checkDefaults?(defaults: Readonly<Record<string, unknown>>): EntryComplaint[];
  /** An entry of nobody and nothing, without what can be left out: it shows what `defaults` give. */
  bare: Written;
  /** How an export writes the objects of its list. */
  write(objects: readonly LiveEntry[], options: WriteOptions<Entry>): WrittenSection;
}

/** How a new object may stand for one that goes. */
export type Replacement = {
  /** What the two have in common; `null`: nothing. */
  likeness(fields: Fields): string | null;
} & (
  | {
      /** The new one takes the place of the old one. */
      isMeant: true;
      /** One text for all that differ in a key alone. */
      besideKeys(fields: Fields): string;
      /** What to write in the entry so that the live `other` is updated instead, as a clause. */
      inPlace(desired: Fields, other: Fields): string;
    }
  | {
      /** It may be the same one, and `movedFrom` was forgotten. */
      isMeant: false;
      /** `name`, `person`, and what it would cost. */
      what: string;
      who: string;
      risk: string;
    }
);

/** A resource kind, described once. Every room asks this instead of naming kinds. */
export interface ResourceKind<Name extends string = string, Code extends string = string> {
  name: Name;
  /** For sentences and headings: "2 operators". */
  noun: Noun;
  /** The live list it is read from. */
  list: string;
  /** The section of the file that speaks of it; `null` where that is the section of the kind it is part of. */
  section: Section | null;
  /** The kind whose object carries this one: it is never created, deleted or unmanaged by itself. */
  partOf?: string;
  /** Writable fields in the order in which they are shown. */
  fields: Readonly<Record<string, FieldNature>>;
  /** What the key is, as a part of a sentence. */
  keyInWords: string;
  /** Fields that make up the key; only `movedFrom` changes them. */
  keyFields: readonly string[];
  /** What a delete shows of the object, so that it can be made again or told from its like. */
  deleteShows: readonly string[];
  /** Of those, what a colleague may change without it being another object. */
  incidental: readonly string[];
  /** What readers are told of a changed object, and of an unmanaged one. */
  about: readonly string[];
  introduction: readonly string[];
  /** The same in words, beside key and name: `admin`, `last active 2026-11-20`. */
  introduce?(object: Fields): string[];
  /** What a live one still does that the files no longer have: `keeps access`. */
  leftBehind?: string;
  /** True where it is set for a while and changed by hand: no part of a digest, no drift, exported on demand. */
  passing: boolean;
  /** Until when (RFC 3339) what a change sets holds, where that is a point in time. */
  holdsUntil?(after: Fields): string | null;
  /** The field that people know it by, beside its key. */
  calledBy?: string;
  /** Where its objects may log in: whether one with these fields is an admin. */
  isAdmin?(fields: Fields): boolean;
  /** Why a live one cannot log in, where that is so. */
  whyIdle?(readOnly: Fields): string | null;
  /** Sent with a create that does not declare them. */
  createDefaults: Fields;
  /** Without these an object cannot be created; one that is there can do without. */
  createNeeds: readonly NeededField[];
  /** Fields that can be emptied. */
  clearable: readonly string[];
  /** What stands together in a live object with parts: `events`. */
  partsInWords?: string;
  /** Two live objects with one key: an error, or surplus to be deleted where prune claims them. */
  liveDuplicates: 'error' | 'surplus';
  /** The objects that the entries of its section ask for. */
  desired(entries: readonly unknown[], owner: Text | null, duty?: Duty): DesiredObject[];
  /** Whether the fields, even where they are as desired, are not in effect: visitors see another status. */
  isInNameOnly?(desired: DesiredObject, live: LiveObject): boolean;
  live(entries: readonly LiveEntry[]): LiveObject[];
  /** The globs that claim live objects of this kind for deletion. */
  pruneGlobs(policy: Policy): readonly PolicyGlob[];
  /** Fields in the one spelling that is compared and sent. */
  normalise(fields: Fields): Fields;
  /** The words that make up the key, in the key's spelling; the key is these joined by blanks. */
  keyParts(fields: Values): Text[];
  /** The key as an entry sees it whose identity leaves a part of the key fields out. */
  looseKey?(fields: Fields): string;
  /** One text for all keys, or loose keys, that look alike: servers like to respell them. */
  lookAlikeKey?(fields: Fields, loose: boolean): string;
  /** What `protect` and `prune` globs are matched with. */
  globText(fields: Fields): string;
  globs: 'email' | 'url';
  /** The fields as they may be shown when only the live account knows them. */
  hideCredentials(fields: Fields): Fields;
  phases: readonly PhaseOfKind[];
  replacement?: Replacement;
  /** Whom an object reaches; two with the same text reach the same one. */
  reach?(fields: Fields): string;
  /** What a reader must know before saying yes. */
  effects(subject: EffectSubject): Effect<Code>[];
  /** What changes of this kind mean, the gravest first. */
  impact(changes: readonly Change[]): ImpactEntry[];
  /** What they do to whom, in one sentence; every change is in one of the clauses at least. */
  headline(changes: readonly Change[]): HeadlineClause[];
  /** Whether a reviewer must see a change whatever the room. */
  mustBeSeen(change: Change): boolean;
  /** Where a change has one thing to say and takes one line: that. */
  inBrief?(change: Change): ImpactItem;
  /** Whether a deleted object is one of two, and the other one stays. */
  isExtraCopy?(change: Change): boolean;
  /** How visitors see it before (`null`: not at all) and afterwards, where they do and that changes. */
  publicFaces?(change: Change): { before: PublicFace | null; after: PublicFace } | null;
}

/** Keeps the literal types of a kind, so that `KindName` and the codes follow from the list of kinds. */
export function defineKind<const Name extends string, const Code extends string>(
  kind: ResourceKind<Name, Code>,
): ResourceKind<Name, Code> {
  return kind;
}
