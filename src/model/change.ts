import type { Fields, FieldValue } from './json.ts';
import type { Source } from './source.ts';

export const ACTIONS = ['create', 'update', 'delete'] as const;
export type Action = (typeof ACTIONS)[number];

/** One field that differs. For a create every field is listed with `before: null`, for a delete with `after: null`. */
export interface FieldChange {
  path: string;
  before: FieldValue;
  after: FieldValue;
}

/** What a reader must know before saying yes: a code for programs and the words for people. */
export interface Effect<Code extends string = string> {
  code: Code;
  text: string;
}

interface ChangeOfAnyAction<Kind extends string, Code extends string> {
  kind: Kind;
  /** `operator`, `status`: the e-mail in its normal form. `webhook`: `EVENT URL`. */
  key: string;
  fields: FieldChange[];
  effects: Effect<Code>[];
  /** Who or what it is, for readers: never compared, never sent. */
  about?: Fields;
  /** The entry that asks for this; for a pruned object the glob that claims it. */
  source?: Source;
  /** Fields of `after` that hold `${secret:NAME}` to be filled in before the call; elsewhere such text is literal. */
  secretFields?: string[];
  /** The same for `before`. */
  secretFieldsBefore?: string[];
}

export interface CreateChange<Kind extends string = string, Code extends string = string>
  extends ChangeOfAnyAction<Kind, Code> {
  action: 'create';
  id?: never;
  pruned?: never;
  before: null;
  /** What is sent. */
  after: Fields;
}

export interface UpdateChange<Kind extends string = string, Code extends string = string>
  extends ChangeOfAnyAction<Kind, Code> {
  action: 'update';
  pruned?: never;
  /** The live object's id; missing for what is part of an object that this plan creates. */
  id?: string;
  /** The key and the fields that the file manages, as they are live; `null` where the plan creates the object. */
  before: Fields | null;
  /** The same as the file wants them, with what is sent along. */
  after: Fields;
}

export interface DeleteChange<Kind extends string = string, Code extends string = string>
  extends ChangeOfAnyAction<Kind, Code> {
  action: 'delete';
  id: string;
  /** What identifies it and what it is. */
  before: Fields;
  after: null;
  /** True where prune deletes it: nobody wrote `state: absent`. */
  pruned?: true;
}

/** One change of one object, as a plan shows it: every text in it may be shown. */
export type Change<Kind extends string = string, Code extends string = string> =
  | CreateChange<Kind, Code>
  | UpdateChange<Kind, Code>
  | DeleteChange<Kind, Code>;
