import { UserError } from '../model/errors.ts';
import { escapeForTerminal } from '../model/escape.ts';
import { KINDS, kindNamed, sectionOf, sectionsOfFile } from '../model/kinds/index.ts';
import type { KindName } from '../model/kinds/names.ts';
import type { LiveState } from '../model/live.ts';
import { isEmail } from '../model/text-rules.ts';
import { type LeftOut, literal } from '../model/written-entry.ts';
import { composeFile, type FileContent, plainContent } from './compose-file.ts';
import { findLogin, ownerCandidates } from './owner.ts';
import { SecretNames, type SecretToSet } from './url-secrets.ts';

/** What is exported when nobody says. */
export const DEFAULT_EXPORT_KINDS: readonly KindName[] = KINDS.filter(({ passing }) => !passing).map(
  ({ name }) => name,
);

export interface ExportOptions {
  kinds?: readonly KindName[];
  /** The owner's e-mail address; without it the file has a commented-out `account`. */
  owner?: string | undefined;
  /** Writes webhook URLs with their credentials instead of `${secret:NAME}`. */
  revealSecrets?: boolean;
  baseUrl: string;
}

export interface ExportedAccount {
  /** The file as YAML. */
  yaml: string;
  /** The file as JSON, which has no comments. */
  json: string;
  /** What must be set in the environment before the file can be planned. */
  secrets: SecretToSet[];
  /** Live objects that are not in the file. */
  leftOut: LeftOut[];
}

/**
 * The live account as a file that plans to no changes. Pure: the same account gives the same file.
 * @throws {UserError} `unknown-owner` when no operator has the owner's address
 */
export function exportAccount(live: LiveState, options: ExportOptions): ExportedAccount {
  const { kinds = DEFAULT_EXPORT_KINDS } = options;
  const owner = ownerAmong(live, options.owner);
  const names = options.revealSecrets ? null : new SecretNames();
  const writeUrl = (url: string) => names?.template(url) ?? literal(url);
  const wanted = new Set(kinds.map((name) => sectionOf(kindNamed(name))));
  const sections = sectionsOfFile()
    .filter(({ section }) => wanted.has(section.name))
    .map(({ kind, section }) => ({
      name: section.name,
      ...section.write(live[kind.list] ?? [], { kinds, owner, writeUrl }),
    }));
  const content: FileContent = {
    header: [
      `Exported from ${escapeForTerminal(options.baseUrl)}`,
      ...sections.flatMap(({ notes }) => notes.file),
      'For help while you edit this file: chaportctl schema > chaport.schema.json',
    ],
    owner: owner === undefined ? null : literal(owner),
    ownerCandidates: ownerCandidates(live).map(literal),
    defaults: Object.assign({}, ...sections.map(({ defaults }) => defaults)),
    sections: Object.fromEntries(sections.map(({ name, entries }) => [name, entries])),
    notes: {
      defaults: sections.flatMap(({ notes }) => notes.defaults),
      ...Object.fromEntries(sections.map(({ name, leftOut }) => [name, notesOn(leftOut)])),
    },
  };
  return {
    yaml: composeFile(content),
    json: `${JSON.stringify(plainContent(content), null, 2)}\n`,
    secrets: names?.secrets ?? [],
    leftOut: sections.flatMap(({ leftOut }) => leftOut),
  };
}

/** The owner's address as the account spells it. */
function ownerAmong(live: LiveState, owner: string | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const found = findLogin(live, owner);
  if (found !== undefined && isEmail(found)) return found;
  const candidates = ownerCandidates(live).slice(0, 5);
  throw new UserError('unknown-owner', `the account has no operator ${owner}, so they cannot be its owner`, {
    hint:
      candidates.length === 0
        ? 'check the address, and that the token is for this account'
        : `the admins are ${candidates.join(', ')}; check the token, too, if you know none of them`,
  });
}

function notesOn(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  return ['Not in this file:', ...leftOut.map(({ what, why }) => `- ${what}: ${why}`)];
}
