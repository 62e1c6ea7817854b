import type { DesiredState } from '../model/desired.ts';
import { SecretBook } from '../model/secrets.ts';
import type { Diagnostic } from '../model/source.ts';
import { REPORT_TO } from '../model/version.ts';
import { checkRequiredVersions } from './check/required-version.ts';
import { checkRules, checkVersion } from './check/rules.ts';
import { Complaints } from './complaints.ts';
import { desiredOf } from './desired.ts';
import { readInclusions } from './include/read-inclusions.ts';
import { type JoinedFiles, joinFiles } from './join/join-files.ts';
import { isForeignFile } from './mistakes/foreign-files.ts';
import { mendTree } from './mistakes/mend-tree.ts';
import { readSections } from './schema/read-sections.ts';
import type { ConfigText } from './source/config-text.ts';
import { openSourceFile } from './source/decode.ts';
import { type ReadIo, readWhatCanBeRead } from './source/read-files.ts';
import type { SourceFile } from './source/source-file.ts';
import { parseYaml } from './source/yaml-document.ts';
import { toPlainValues } from './values/plain-values.ts';
import type { Environment } from './values/reference.ts';
import { Variables } from './values/variables.ts';

export interface LoadOptions {
  /** Where `${env:NAME}` and `${secret:NAME}` take their values from. */
  env: Environment;
  /**
   * `warning`: a harmless stand-in takes the place of a secret that is not set, and a text with another variable
   * that is not set is passed by: for checking, not for planning. Default `error`.
   */
  missingSecrets?: 'error' | 'warning';
  /** Some files could not be read: nothing is missed that may stand in one of them. Default `false`. */
  isIncomplete?: boolean;
}

export interface ParsedConfig {
  /** Null when there is any error. */
  desired: DesiredState | null;
  /** Errors and warnings by file, line and column. */
  diagnostics: Diagnostic[];
}

/** A configuration with the texts it was read from, in which `withExcerpts` finds the lines. */
export interface LoadedFiles extends ParsedConfig {
  texts: ConfigText[];
}

/**
 * Reads and parses what `--file` names. Never throws for what the user can mend: files that cannot be
 * read are complained of first, then what is wrong in the others.
 */
export async function loadConfigFiles(
  paths: readonly string[],
  io: ReadIo,
  options: Omit<LoadOptions, 'isIncomplete'>,
): Promise<LoadedFiles> {
  const { texts, problems } = await readWhatCanBeRead(paths, { ...io, env: options.env });
  const isIncomplete = problems.length > 0;
  const { desired, diagnostics } = parseConfig(texts, { ...options, isIncomplete });
  return { desired: isIncomplete ? null : desired, diagnostics: [...problems, ...diagnostics], texts };
}

/** Reads all texts as one configuration. Pure, and never throws: every fault is a diagnostic. */
export function parseConfig(texts: readonly ConfigText[], options: LoadOptions): ParsedConfig {
  const secrets = new SecretBook();
  const complaints = new Complaints(secrets);
  try {
    const joined = readTexts(texts, options, secrets, complaints);
    const names = texts.map(({ name }) => name);
    const desired = complaints.hasErrors || joined === null ? null : desiredOf(joined, names, secrets);
    return { desired, diagnostics: complaints.toDiagnostics() };
  } catch (error) {
    // Not its message: that may quote what it stumbled over, a secret included.
    const kind = error instanceof Error ? error.name : typeof error;
    const fault: Diagnostic = {
      severity: 'error',
      code: 'internal',
      message: `the configuration could not be read (${kind})`,
      hint: `this is a fault of chaportctl: report it at ${REPORT_TO} with the part of the file that shows it`,
    };
    return { desired: null, diagnostics: [fault] };
  }
}

/** What the sound files say together, with the complaints about all of them. */
function readTexts(
  texts: readonly ConfigText[],
  { env, missingSecrets = 'error', isIncomplete = false }: LoadOptions,
  secrets: SecretBook,
  complaints: Complaints,
): JoinedFiles | null {
  // The values of all files first: no complaint may show a secret that only a later file names.
  const variables = new Variables();
  const values = { env, missingSecrets, secrets, variables };
  const files = [...texts.entries()].flatMap(([index, { name, bytes }]) => {
    const file = openParsed(name, index, bytes, complaints);
    const said = file && toPlainValues(file, values, complaints);
    return said ? [{ file, said }] : [];
  });
  complaints.addAll(variables.complaints());
  const sections = files.map(({ file, said }) => readSections(file, said, secrets, complaints));
  const { inclusions, isWhole } = readInclusions(texts, sections, complaints);
  const hasAllFiles =
    files.length === texts.length && !isIncomplete && isWhole && !files.some(({ file }) => file.hasLostLines);
  if (texts.length === 0 && hasAllFiles) {
    complaints.add({ code: 'no-files', message: 'there is no configuration file to read' });
  } else if (hasAllFiles) checkVersion(sections, complaints);
  checkRequiredVersions(sections, complaints);
  const joined = joinFiles(sections, inclusions, hasAllFiles, secrets, complaints);
  if (joined) checkRules(joined, sections, hasAllFiles, secrets, complaints);
  return joined;
}

function openParsed(
  name: string,
  index: number,
  bytes: Uint8Array,
  complaints: Complaints,
): SourceFile | null {
  if (isForeignFile(name, index, bytes, complaints)) return null;
  const file = openSourceFile(name, index, bytes, complaints);
  if (file) parseYaml(file, complaints);
  if (!file?.root) return null;
  mendTree(file, complaints);
  return file;
}
