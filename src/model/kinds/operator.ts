import type * as z from 'zod';
import { addressKey, movedFromAddress } from '../addresses.ts';
import type { Change, Effect } from '../change.ts';
import type { DesiredObject } from '../desired.ts';
import { escapeForTerminal } from '../escape.ts';
import { clearableText, clearableUrl, email, filledText, map, oneOf, state } from '../field-schemas.ts';
import type { Fields, FieldValue } from '../json.ts';
import type { Source } from '../source.ts';
import { realOf, respell, type Text, textOf, type Values } from '../text.ts';
import {
  commonValue,
  inOrder,
  literal,
  quoted,
  type WriteOptions,
  type WrittenEntry,
  type WrittenSection,
  writeField,
} from '../written-entry.ts';
import {
  type CheckContext,
  defineKind,
  type EffectSubject,
  type EntryComplaint,
  type EntryIdentity,
  type EntryReader,
  type Filled,
  type HeadlineClause,
  type ImpactEntry,
  type ImpactItem,
  isAbsent,
  type PublicFace,
  type Section,
} from './kind.ts';
import type { EffectCode } from './names.ts';
import { COMMON_LANGUAGES, oddAddress, oddLanguage } from './odd-values.ts';
import {
  checkDefaultStatus,
  checkStatus,
  type DesiredStatus,
  ownStatus,
  readStatus,
  status,
  statusDefaults,
  writeStatus,
  writeStatusDefaults,
} from './status.ts';

export const ROLES = ['operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * An operator as the account has it (grade A for the fields, chaport-api). Empty or missing
 * text fields are `null`. `lastStatus` is what was last set; `realStatus` what visitors see.
 */
export interface LiveOperator {
  id: string;
  email: string;
  name: string | null;
  language: string | null;
  jobTitle: string | null;
  role: string | null;
  image: string | null;
  lastStatus: string | null;
  realStatus: string | null;
  lastLoginAt: string | null;
  lastActivityAt: string | null;
  /** They have no seat (D). */
  deactivated?: boolean;
}

/** An entry with `defaults` filled in. A field that is missing is not managed; `null` clears it. */
export interface DesiredOperator {
  email: Text;
  movedFrom?: Text;
  absent: boolean;
  name?: Text;
  language?: Text;
  jobTitle?: Text | null;
  role?: Role;
  /** True when `role` came from `defaults`: the owner takes none from there. */
  roleIsDefault?: boolean;
  image?: Text | null;
  status?: DesiredStatus;
  source: Source;
}

const jobTitle = clearableText.meta({
  title: 'Job title',
  description: 'Shown to visitors below the name. "" or null clears it; left out, it stays as it is.',
  examples: ['Support engineer'],
});
const role = oneOf(ROLES).meta({
  title: 'Role',
  description: '`admin` may change the account, `operator` may chat. The owner’s role cannot change.',
  examples: ['operator', 'admin'],
});
const language = filledText.meta({
  anyOf: [{ enum: COMMON_LANGUAGES }, { minLength: 1 }],
  title: 'Language',
  description: 'The language of the operator’s own screens, as the account names it.',
  examples: ['en', 'de'],
});
const image = clearableUrl.meta({
  title: 'Picture',
  description: 'The URL of the picture that visitors see. "" or null clears it; left out, it stays as it is.',
  examples: ['https://acme.example/jon.png'],
});

/** An entry of the file, and what a row of a staff list may say. */
export const operatorEntry = map({
  email: email.meta({
    title: 'E-mail address',
    description: 'The login, and what identifies the operator. Upper and lower case do not matter.',
    examples: ['jon.snow@acme.example'],
  }),
  movedFrom: email
    .meta({
      title: 'Previous e-mail address',
      description: 'The address this same person had: the operator is updated, not deleted and invited anew.',
      examples: ['jon@acme.example'],
    })
    .optional(),
  state: state
    .meta({
      title: 'State',
      description: '`absent` deletes the operator, whatever `policy.prune` says. That cannot be undone.',
      examples: ['present', 'absent'],
      default: 'present',
    })
    .optional(),
  name: filledText
    .meta({
      title: 'Name',
      description: 'Shown to visitors. Needed to create an operator, not to manage one.',
      examples: ['Jon Snow'],
    })
    .optional(),
  jobTitle: jobTitle.optional(),
  role: role.optional(),
  language: language.optional(),
  image: image.optional(),
  status: status.optional(),
}).meta({
  title: 'Person',
  description: 'One operator. A field that is left out is not managed: its live value stays.',
  examples: [{ email: 'jon.snow@acme.example', name: 'Jon Snow', role: 'admin', status: 'online' }],
});

const defaults = map({
  language: language.optional(),
  role: role.optional(),
  jobTitle: jobTitle.optional(),
  image: image.optional(),
}).meta({
  title: 'Operator defaults',
  description: 'Fields of every person for whom they are left out. The owner takes no role from here.',
  examples: [{ language: 'en', role: 'operator' }],
});

type Written = z.infer<typeof operatorEntry>;
type Entry = EntryReader<Written>;

const section: Section<Written, DesiredOperator> = {
  name: 'operators',
  title: 'Operators',
  description: 'The people of the account. Left out: operators are not managed.',
  examples: [[{ email: 'jon.snow@acme.example', name: 'Jon Snow' }]],
  schema: operatorEntry,
  key: 'email',
  keyOf: (address) => addressKey(realOf(address)),
  defaults: { operator: defaults, status: statusDefaults },
  read: readOperator,
  identities: operatorIdentities,
  duplicateCode: 'duplicate-operator',
  ownStatus: (entry, { status: filler }) => ownStatus(entry, filler),
  check: checkOperator,
  checkDefaults: (filler) => [
    ...oddLanguage((filler.operator as { language?: Text } | undefined)?.language, {
      path: ['operator', 'language'],
    }),
    ...checkDefaultStatus(filler),
  ],
  bare: { email: 'defaults-probe@chaportctl.invalid' },
  write: writeOperators,
};

export const operatorKind = defineKind({
  name: 'operator',
  noun: { one: 'operator', many: 'operators' },
  list: 'operators',
  section,
  fields: { email: 'text', name: 'text', jobTitle: 'text', role: 'word', language: 'text', image: 'text' },
  keyInWords: 'the key of an operator is the e-mail address',
  keyFields: ['email'],
  deleteShows: ['email', 'name', 'role'],
  incidental: ['name'],
  about: ['name', 'jobTitle', 'image', 'lastActivityAt', 'deactivated'],
  introduction: ['name', 'role', 'lastActivityAt', 'deactivated'],
  introduce: ({ role: word, lastActivityAt, deactivated }) => [
    ...(typeof word === 'string' ? [word] : []),
    lastActive(lastActivityAt),
    ...(deactivated === true ? ['deactivated'] : []),
  ],
  leftBehind: 'keeps access',
  passing: false,
  calledBy: 'name',
  isAdmin: ({ role: word }) => word === 'admin',
  whyIdle: ({ deactivated }) =>
    deactivated === true ? 'is deactivated: there is no seat for them, so nobody can log in' : null,
  createDefaults: {},
  createNeeds: ['name'],
  clearable: ['jobTitle', 'image'],
  liveDuplicates: 'error',
  desired: (entries: readonly DesiredOperator[], owner) =>
    entries.map((operator) => desiredOperator(operator, owner)),
  live: (entries: readonly LiveOperator[]) =>
    entries.map(
      ({
        id,
        email: address,
        name,
        jobTitle: title,
        role: word,
        language: tag,
        image: picture,
        lastActivityAt,
        deactivated,
      }) => ({
        key: addressKey(address),
        id,
        fields: { email: address, name, jobTitle: title, role: word, language: tag, image: picture },
        readOnly: { lastActivityAt, ...(deactivated ? { deactivated } : {}) },
      }),
    ),
  pruneGlobs: (policy) => policy.prune.operators ?? [],
  normalise: (fields) => fields,
  keyParts: ({ email: address = '' }) => [respell(textOf(address), addressKey)],
  globText: (fields) => addressKey(String(fields.email)),
  globs: 'email',
  hideCredentials: (fields) => fields,
  phases: [
    {
      phase: 'alter',
      has: (change) => change.action === 'update' && !isDemotion(change),
      first: isPromotion,
    },
    { phase: 'demote', has: isDemotion, needs: (_change, earlier) => isPromotion(earlier) },
    {
      phase: 'remove',
      has: (change) => change.action === 'delete',
      needs: (_change, earlier) => isPromotion(earlier),
    },
    { phase: 'add', has: (change) => change.action === 'create' },
  ],
  replacement: {
    isMeant: false,
    likeness: ({ name }) =>
      typeof name === 'string' && name.trim() !== '' ? name.trim().normalize('NFC').toLowerCase() : null,
    what: 'name',
    who: 'person',
    risk: 'one more invitation, and a person locked out for good',
  },
  effects: operatorEffects,
  impact: operatorImpact,
  headline: operatorHeadline,
  mustBeSeen: (change) => change.action === 'delete' || adminChange(change) !== null,
  publicFaces,
});

function readOperator(
  entry: Entry,
  { operator, status: statusDefault }: Readonly<Record<string, unknown>>,
): DesiredOperator[] {
  const { email: address, movedFrom, name } = entry.keys;
  if (address === undefined) return [];
  const source = entry.sourceOf();
  if (isAbsent(entry)) return [{ email: address, absent: true, source }];
  const filler = (operator ?? {}) as Filled<Partial<z.infer<typeof defaults>>>;
  const wished = entry.keys.role ?? filler.role;
  const fields = {
    name,
    language: entry.keys.language ?? filler.language,
    jobTitle: emptyAsNull(entry.keys.jobTitle === undefined ? filler.jobTitle : entry.keys.jobTitle),
    role: wished === undefined ? undefined : (realOf(wished) as Role),
    image: emptyAsNull(entry.keys.image === undefined ? filler.image : entry.keys.image),
    movedFrom,
    status: readStatus(entry, statusDefault) ?? undefined,
  };
  return [
    {
      email: address,
      absent: false,
      ...withoutUndefined(fields),
      ...(entry.keys.role === undefined && wished !== undefined ? { roleIsDefault: true } : {}),
      source,
    },
  ];
}

/** `""` clears a field as `null` does. */
function emptyAsNull(text: Text | null | undefined): Text | null | undefined {
  return text === '' ? null : text;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function operatorIdentities(entry: Entry): EntryIdentity[] {
  const { email: address, movedFrom } = entry.keys;
  if (address === undefined) return [];
  const previous = movedFrom === undefined || isAbsent(entry) ? null : movedFrom;
  return [
    {
      key: addressKey(realOf(address)),
      words: [address],
      ...(previous === null ? {} : { previousKey: addressKey(realOf(previous)), previousWords: [previous] }),
      path: ['email'],
    },
  ];
}

/** The owner cannot be deleted, and their role cannot change (A). */
function checkOperator(entry: Entry, context: CheckContext): EntryComplaint[] {
  const { email: address, movedFrom, role: word } = entry.keys;
  const complaints = [
    ...checkStatus(entry, context),
    ...oddAddress(address, { path: ['email'] }),
    ...oddAddress(movedFrom, { path: ['movedFrom'] }),
    ...oddLanguage(entry.keys.language, { path: ['language'] }),
  ];
  const ownerKey = context.owner === null ? null : addressKey(realOf(context.owner));
  const isOwner = [address, movedFrom].some(
    (text) => text !== undefined && addressKey(realOf(text)) === ownerKey,
  );
  if (!isOwner) return complaints;
  const related = { message: 'the owner is named here', place: 'owner' as const };
  if (isAbsent(entry)) {
    complaints.push({
      code: 'owner-absent',
      message: 'the account owner cannot be deleted',
      hint: 'remove this line, or name another owner if the account has a new one',
      place: { path: ['state'], mark: 'pair' },
      related,
    });
  }
  if (word !== undefined && realOf(word) === 'operator') {
    complaints.push({
      code: 'owner-demoted',
      message: 'the role of the account owner cannot change',
      hint: 'remove this line; the owner takes no role from the defaults either',
      place: { path: ['role'], mark: 'pair' },
      related,
    });
  }
  return complaints;
}

const DECLARABLE = ['email', 'name', 'jobTitle', 'role', 'language', 'image'] as const;

function desiredOperator(operator: DesiredOperator, owner: Text | null): DesiredObject {
  const fields: Values = {};
  for (const field of DECLARABLE) {
    const value = operator[field];
    if (value !== undefined) fields[field] = value;
  }
  // The owner's role cannot change (A), so no call is made for it; a default is not even meant for them.
  const isOwner = owner !== null && isSamePerson(operator, owner);
  const { role: wished = null } = fields;
  if (isOwner) delete fields.role;
  return {
    key: addressKey(realOf(operator.email)),
    ...movedFromAddress(operator.movedFrom),
    absent: operator.absent,
    fields,
    ...(isOwner && wished !== null && !operator.roleIsDefault
      ? { fixed: { fields: { role: wished }, because: 'they own the account' } }
      : {}),
    extras: {},
    source: operator.source,
  };
}

/** Entries by e-mail address. */
function writeOperators(
  operators: readonly LiveOperator[],
  options: WriteOptions<DesiredOperator>,
): WrittenSection {
  const { kinds, files } = options;
  const common = kinds.includes('operator') && !files ? commonFields(operators) : {};
  const { defaults: ofStatus, notes } = writeStatusDefaults(kinds);
  const section: WrittenSection = {
    entries: [],
    leftOut: [],
    defaults: { ...(Object.keys(common).length === 0 ? {} : { operator: literals(common) }), ...ofStatus },
    notes,
  };
  const seen = new Set<string>();
  for (const operator of inOrder(operators, ({ email: address, id }) => `${addressKey(address)}\n${id}`)) {
    const key = addressKey(operator.email);
    const entry = { keys: { email: literal(operator.email) }, notes: [], remark: remarkOn(operator) };
    const why = seen.has(key)
      ? 'the account has this address twice, and no plan can be made until one of them is deleted in the Chaport app'
      : writeOperator(entry, operator, options, files?.bare ?? common);
    seen.add(key);
    if (why === null) section.entries.push(entry);
    else
      section.leftOut.push({ what: `the operator ${quoted(operator.email)} (${remarkOn(operator)})`, why });
  }
  return section;
}

/** Completes an entry. Returns why there can be none, or null. */
function writeOperator(
  entry: WrittenEntry,
  operator: LiveOperator,
  { kinds, owner }: WriteOptions<DesiredOperator>,
  filler: Partial<DesiredOperator>,
): string | null {
  if (!canSay('email', operator.email)) return 'this is no e-mail address that a file may hold';
  const isOwner = owner !== undefined && addressKey(owner) === addressKey(operator.email);
  const [, ...fields] = kinds.includes('operator') ? DECLARABLE : [];
  for (const field of fields) {
    const value = operator[field];
    const isOwnersRole = field === 'role' && isOwner;
    const filled = isOwnersRole ? undefined : filler[field];
    const fits = value === null ? operatorKind.clearable.includes(field) : canSay(field, value);
    const why = writeField(entry, field, value, {
      filled: filled === undefined ? undefined : realOf(filled),
      canSay: fits && (!isOwnersRole || value === 'admin'),
    });
    if (why !== null) return why;
  }
  writeStatus(entry, operator.lastStatus, { kinds, filled: filler.status });
  return null;
}

function canSay(field: keyof Written, value: string): boolean {
  return operatorEntry.shape[field].safeParse(value).success;
}

function remarkOn({ id, lastActivityAt }: LiveOperator): string {
  return escapeForTerminal(`id ${id}, ${lastActive(lastActivityAt)}`);
}

/** In words, by the day. */
function lastActive(time: FieldValue | undefined): string {
  return typeof time === 'string' ? `last active ${time.slice(0, 10)}` : 'never active';
}

/**
 * What is true for nearly all operators. A field becomes a default only where every other entry can
 * say its own value. Never `admin`, which nobody should become by an omission, nor what is personal.
 */
export function commonFields(operators: readonly Pick<LiveOperator, 'language' | 'role'>[]): {
  language?: string;
  role?: 'operator';
} {
  const common = (field: 'language' | 'role') => {
    const values = operators.map((operator) => operator[field]);
    return values.every((value) => value !== null && canSay(field, value)) ? commonValue(values) : undefined;
  };
  const tag = common('language');
  return {
    ...(tag ? { language: tag } : {}),
    ...(common('role') === 'operator' ? { role: 'operator' } : {}),
  };
}

function literals(texts: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, literal(text)]));
}

/** Whether an address is the entry's, now or before it moved. */
export function isSamePerson({ email: address, movedFrom }: DesiredOperator, other: Text): boolean {
  const key = addressKey(realOf(other));
  return [address, movedFrom].some((text) => text !== undefined && addressKey(realOf(text)) === key);
}

function roleChange(change: Change): { from: unknown; to: unknown } | null {
  if (change.action !== 'update') return null;
  const field = change.fields.find(({ path }) => path === 'role');
  return field ? { from: field.before, to: field.after } : null;
}

/** An operator who becomes an admin by an update. */
function isPromotion(change: Change): boolean {
  return change.kind === 'operator' && roleChange(change)?.to === 'admin';
}

/** An operator who stops being an admin by an update. */
function isDemotion(change: Change): boolean {
  return roleChange(change)?.from === 'admin';
}

type OperatorEffect = EffectCode<'operator'>;

function operatorEffects({ action, before, after, paths }: EffectSubject): Effect<OperatorEffect>[] {
  const wasAdmin = before?.role === 'admin';
  const gains: Effect<OperatorEffect> = { code: 'gains-admin', text: 'becomes an admin' };
  const loses: Effect<OperatorEffect> = { code: 'loses-admin', text: 'stops being an admin' };
  if (action === 'create') {
    const invites: Effect<OperatorEffect> = { code: 'invites', text: 'sends an invitation e-mail' };
    return after?.role === 'admin' ? [invites, gains] : [invites];
  }
  if (action === 'delete') {
    const locksOut: Effect<OperatorEffect> = { code: 'locks-out', text: 'loses access; cannot be undone' };
    return wasAdmin ? [locksOut, loses] : [locksOut];
  }
  const effects: Effect<OperatorEffect>[] = [];
  if (paths.includes('email')) effects.push({ code: 'new-login', text: 'logs in with the new address' });
  if (paths.includes('role') && after?.role === 'admin') effects.push(gains);
  else if (paths.includes('role') && wasAdmin) effects.push(loses);
  return effects;
}

/** Whether an operator becomes or stops being an admin, also by being created or deleted as one. */
function adminChange({ effects }: Change): 'becomes' | 'stops' | null {
  if (effects.some(({ code }) => code === 'gains-admin')) return 'becomes';
  return effects.some(({ code }) => code === 'loses-admin') ? 'stops' : null;
}

const PEOPLE = { one: 'person', many: 'people' };

function effectOn(changes: readonly Change[], code: OperatorEffect): Change[] {
  return changes.filter(({ effects }) => effects.some((effect) => effect.code === code));
}

function operatorImpact(changes: readonly Change[]): ImpactEntry[] {
  const people = (code: OperatorEffect) => effectOn(changes, code).map(({ key }) => ({ name: key }));
  return [
    {
      title: 'Loses access for good',
      gravity: 'grave',
      items: effectOn(changes, 'locks-out').map(({ key, about }) => ({
        name: key,
        ...(about ? { note: lastActive(about.lastActivityAt) } : {}),
      })),
    },
    { title: 'Becomes an admin', gravity: 'weighty', items: people('gains-admin') },
    { title: 'Stops being an admin', gravity: 'weighty', items: people('loses-admin') },
    { title: 'Gets an invitation e-mail', gravity: 'noticed', items: people('invites') },
    {
      title: 'Logs in with a new address',
      gravity: 'noticed',
      items: effectOn(changes, 'new-login').map(newAddress),
    },
  ];
}

function newAddress({ fields }: Change): ImpactItem {
  const field = fields.find(({ path }) => path === 'email');
  return { sides: { before: String(field?.before ?? ''), after: String(field?.after ?? '') } };
}

function operatorHeadline(changes: readonly Change[]): HeadlineClause[] {
  const people = (code: OperatorEffect, before: string, after = '') => ({
    before,
    names: effectOn(changes, code)
      .filter(({ action }) => code !== 'loses-admin' || action !== 'delete')
      .map(({ key }) => key),
    noun: PEOPLE,
    after,
  });
  const others = changes.filter((change) => change.action === 'update' && adminChange(change) === null);
  return [
    people('invites', 'invite '),
    people('locks-out', 'take access from ', ' for good'),
    people('gains-admin', 'make ', ' an admin'),
    people('loses-admin', 'make ', ' no longer an admin'),
    { before: 'change ', count: others.length, noun: { one: 'operator', many: 'operators' } },
  ];
}

const FACE_FIELDS = ['name', 'jobTitle', 'image'] as const satisfies (keyof PublicFace)[];

/** Where the file does not manage what visitors see, it stays as it is. */
function publicFaces({ fields, before, after, about = {} }: Change): ReturnType<typeof facesOf> | null {
  const changesFace = fields.some(({ path }) => FACE_FIELDS.some((field) => field === path));
  if (after === null || !changesFace) return null;
  return before === null ? facesOf(null, after) : facesOf({ ...about, ...before }, { ...about, ...after });
}

function facesOf(before: Fields | null, after: Fields): { before: PublicFace | null; after: PublicFace } {
  return { before: before && faceOf(before), after: faceOf(after) };
}

function faceOf(fields: Fields): PublicFace {
  const textOf = (field: keyof PublicFace) => (fields[field] ? String(fields[field]) : null);
  return { name: textOf('name'), jobTitle: textOf('jobTitle'), image: textOf('image') };
}
