import { editConfigText, parseForWriting } from '../config/format/index.ts';
import { type LoadOptions, parseConfig } from '../config/load.ts';
import type { ConfigText } from '../config/source/config-text.ts';
import { addressKey } from '../model/addresses.ts';
import type { DesiredState } from '../model/desired.ts';
import { DiagnosticsError, UserError } from '../model/errors.ts';
import { KINDS, type Kind, liveObjects, sectionsOfFile } from '../model/kinds/index.ts';
import type { KindName } from '../model/kinds/names.ts';
import type { LiveObject, LiveState } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { realOf } from '../model/text.ts';
import { type LeftOut, literal, type WriteOptions, type WrittenEntry } from '../model/written-entry.ts';
import { addEntries } from './add-entries.ts';
import { withListsForNothing } from './empty-sections.ts';
import { DEFAULT_EXPORT_KINDS } from './export-account.ts';
import { SecretNames, type SecretToSet } from './url-secrets.ts';

export interface AdoptOptions {
  /** Every file of the configuration. */
  texts: readonly ConfigText[];
  /** The names of those that may be written. */
  into: readonly string[];
  env: LoadOptions['env'];
  kinds?: readonly KindName[];
  revealSecrets?: boolean;
  /** Plans this state against the live account. */
  plan: (desired: DesiredState) => Plan;
}

export interface AdoptedFile {
  name: string;
  before: Uint8Array;
  after: Uint8Array;
  /** It was not in canonical form, so more of it changes than was added. */
  isRewritten: boolean;
}

export interface Adopted {
  /** The files that change. */
  files: AdoptedFile[];
  /** How many live objects are new in each section of the files. */
  added: Record<string, number>;
  secrets: SecretToSet[];
  /** What stays unmanaged. */
  leftOut: LeftOut[];
}

/**
 * Writes what is live but unmanaged into the files. The new files plan to the same changes as the
 * old ones; that is checked here, before anybody can write them.
 * @throws {DiagnosticsError} when the files have errors
 * @throws {UserError} `cannot-insert` or `adopt-changes-plan`
 */
export function adoptUnmanaged(live: LiveState, options: AdoptOptions): Adopted {
  const { env } = options;
  const texts = options.texts.map(withListsForNothing);
  const desired = withAllSections(load(texts, env));
  const before = options.plan(desired);
  const names = options.revealSecrets ? null : new SecretNames(desired.secrets.names);
  const sections = writeUnmanaged(live, before, desired, {
    kinds: options.kinds ?? DEFAULT_EXPORT_KINDS,
    bare: bareEntries(texts, env),
    writeUrl: (url) => names?.template(url) ?? literal(url),
  });
  const files = withEntries(options, sections);
  const secrets = names?.secrets ?? [];
  let completed = desired;
  if (files.length > 0) {
    const withSecrets = { ...env, ...Object.fromEntries(secrets.map(({ name, value }) => [name, value])) };
    const after = textsAfter(options.texts, files).map(withListsForNothing);
    completed = withAllSections(load(after, withSecrets));
    checkSamePlan(before, options.plan(completed));
  }
  return {
    files,
    added: countsOfNew(desired, completed),
    secrets,
    leftOut: sections.flatMap(({ leftOut }) => leftOut),
  };
}

interface WritingOptions extends Pick<WriteOptions, 'kinds' | 'writeUrl'> {
  bare: DesiredState['sections'];
}

/** What a plan says is unmanaged, and the owner where no file names them, as sections. */
function writeUnmanaged(
  live: LiveState,
  { unmanaged, managed }: Plan,
  { owner, sections }: DesiredState,
  { kinds, bare, writeUrl }: WritingOptions,
) {
  const names = new Set(unmanaged.map(({ kind, id }) => `${kind} ${id}`));
  const inFiles = new Set(managed.map(({ kind, id }) => `${kind} ${id}`));
  const isUnnamedOwner = (kind: Kind, { key, id }: LiveObject) =>
    owner !== null && key === addressKey(realOf(owner.email)) && !inFiles.has(`${kind.name} ${id}`);
  for (const kind of KINDS.filter(({ isAdmin }) => isAdmin !== undefined)) {
    const owners = liveObjects(kind, live).filter((object) => isUnnamedOwner(kind, object));
    for (const { id } of owners) names.add(`${kind.name} ${id}`);
  }
  return sectionsOfFile().map(({ kind, section }) => {
    const { name } = section;
    const wanted = kinds.includes(kind.name) ? (live[kind.list] ?? []) : [];
    const written = section.write(
      wanted.filter(({ id }) => names.has(`${kind.name} ${id}`)),
      {
        kinds,
        owner: owner ? realOf(owner.email) : undefined,
        writeUrl,
        files: { entries: sections[name] ?? [], bare: bare[name]?.at(-1) },
      },
    );
    return { name, ...written };
  });
}

function load(texts: readonly ConfigText[], env: LoadOptions['env']): DesiredState {
  const { desired, diagnostics } = parseConfig(texts, { env });
  if (desired === null) throw new DiagnosticsError(diagnostics);
  return desired;
}

/** Sections that no file has, as if they were there and empty: all that is live is looked at. */
function withAllSections(desired: DesiredState): DesiredState {
  const empty = Object.fromEntries(SECTIONS.map((name) => [name, []]));
  const given = Object.entries(desired.sections).filter(([, entries]) => entries !== null);
  return { ...desired, sections: { ...empty, ...Object.fromEntries(given) } };
}

/** An entry may be about several objects. */
function countsOfNew(before: DesiredState, after: DesiredState): Record<string, number> {
  const counts = sectionsOfFile().map(({ kind, section: { name } }) => {
    const [old, now] = [before, after].map(({ sections }) => kind.desired(sections[name] ?? [], null).length);
    return [name, (now ?? 0) - (old ?? 0)];
  });
  return Object.fromEntries(counts);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

const SECTIONS = sectionsOfFile().map(({ section }) => section.name);

/** The entry that each section has when it leaves out what it can: what `defaults` give to it. */
function bareEntries(texts: readonly ConfigText[], env: LoadOptions['env']): DesiredState['sections'] {
  const bare = sectionsOfFile().map(({ section: { name, bare: entry } }) => [name, [entry]]);
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(bare)));
  return load([...texts, { name: 'bare entries', bytes }], env).sections;
}

/** All texts, with the new ones of those that change. */
export function textsAfter(texts: readonly ConfigText[], files: readonly AdoptedFile[]): ConfigText[] {
  return texts.map((text) => ({
    ...text,
    bytes: files.find(({ name }) => name === text.name)?.after ?? text.bytes,
  }));
}

/** The files that get entries, each with all of them. */
function withEntries(
  { texts, into }: AdoptOptions,
  sections: readonly { name: string; entries: readonly WrittenEntry[] }[],
): AdoptedFile[] {
  const fileFor = placeForSections(texts, into);
  const placed = sections
    .filter(({ entries }) => entries.length > 0)
    .map((section) => ({ ...section, file: fileFor(section.name) }));
  return [...new Set(placed.map(({ file }) => file))].map((file) => {
    const { bytes, isRewritten } = editConfigText(file, (document) => {
      for (const section of placed) {
        if (section.file === file) addEntries(file.name, document, section.name, section.entries);
      }
    });
    return { name: file.name, before: file.bytes, after: bytes, isRewritten };
  });
}

/** Where new entries of a section go: the first of the files that has it already, else the first. */
export function placeForSections(
  texts: readonly ConfigText[],
  into: readonly string[],
): (section: string) => ConfigText {
  const [first, ...others] = texts.filter(({ name }) => into.includes(name));
  if (!first) throw new UserError('cannot-insert', 'there is no file to write to');
  if (others.length === 0) return () => first;
  const files = [first, ...others].map((file) => ({ file, document: parseForWriting(decode(file.bytes)) }));
  return (section) => files.find(({ document }) => document.has(section))?.file ?? first;
}

/** The lines of entries may move; what is done to the account may not. */
function checkSamePlan(before: Plan, after: Plan): void {
  const changesOf = ({ changes, refusals }: Plan) =>
    JSON.stringify([
      changes.map(({ source: _source, ...change }) => change),
      refusals.map(({ code }) => code),
    ]);
  if (changesOf(before) === changesOf(after)) return;
  throw new UserError(
    'adopt-changes-plan',
    'with what is new the files would plan other changes, so nothing is written',
    {
      hint: 'look at the plan of the files as they are, and apply or correct that first',
    },
  );
}
