import { createHash } from 'node:crypto';
import type { DesiredState } from '../model/desired.ts';
import { SecretBook } from '../model/secrets.ts';
import type { Diagnostic } from '../model/source.ts';
import { Complaints } from './complaints.ts';
import type { ConfigText } from './config-text.ts';
import type { Environment } from './interpolate.ts';
import { normaliseOperator, normalisePolicy, normaliseWebhook } from './normalise.ts';
import { INVALID, toPlainValue } from './plain-values.ts';
import { type FileSections, readSections } from './read-sections.ts';
import { checkRules, checkVersion } from './rules.ts';
import { type SourceFile, sourceOf } from './source-file.ts';
import { openSourceFile, parseYaml } from './yaml-document.ts';

export interface LoadOptions {
  /** Where `${env:NAME}` and `${secret:NAME}` take their values from. */
  env: Environment;
  /** `warning`: a harmless stand-in takes the place of a secret that is not set. Default `error`. */
  missingSecrets?: 'error' | 'warning';
  /** Some files could not be read: nothing is missed that may stand in one of them. Default `false`. */
  isIncomplete?: boolean;
}

export interface LoadedConfig {
  /** Null when there is any error. */
  desired: DesiredState | null;
  /** Errors and warnings by file, line and column. */
  diagnostics: Diagnostic[];
}

/** Reads all texts as one configuration. Pure, and never throws: every fault is a diagnostic. */
export function parseConfig(texts: readonly ConfigText[], options: LoadOptions): LoadedConfig {
  const secrets = new SecretBook();
  const complaints = new Complaints(secrets);
  try {
    const desired = load(texts, options, secrets, complaints);
    return { desired: complaints.hasErrors ? null : desired, diagnostics: complaints.toDiagnostics() };
  } catch (error) {
    // Not its message: that may quote what it stumbled over, a secret included.
    const kind = error instanceof Error ? error.name : typeof error;
    const fault: Diagnostic = {
      severity: 'error',
      code: 'internal',
      message: `the configuration could not be read (${kind})`,
      hint: 'this is a fault of the program: please report it with the file that shows it',
    };
    return { desired: null, diagnostics: [fault] };
  }
}

function load(
  texts: readonly ConfigText[],
  { env, missingSecrets = 'error', isIncomplete = false }: LoadOptions,
  secrets: SecretBook,
  complaints: Complaints,
): DesiredState {
  const files: FileSections[] = [];
  for (const [index, { name, bytes }] of texts.entries()) {
    const file = openParsed(name, index, bytes, complaints);
    if (!file) continue;
    const value = toPlainValue(file, { env, missingSecrets, secrets }, complaints);
    if (value === INVALID) continue;
    files.push(readSections(file, value, secrets, complaints));
  }
  const hasAllFiles = files.length === texts.length && !isIncomplete;
  if (texts.length === 0 && hasAllFiles) {
    complaints.add({ code: 'no-files', message: 'there is no configuration file to read' });
  } else if (hasAllFiles) checkVersion(files, complaints);
  checkRules(files, hasAllFiles, secrets, complaints);
  return assemble(files, secrets, configIdentity(texts));
}

function openParsed(
  name: string,
  index: number,
  bytes: Uint8Array,
  complaints: Complaints,
): SourceFile | null {
  const file = openSourceFile(name, index, bytes, complaints);
  if (file) parseYaml(file, complaints);
  return file?.root ? file : null;
}

function assemble(
  files: readonly FileSections[],
  secrets: SecretBook,
  config: DesiredState['config'],
): DesiredState {
  const heads = files.map(({ head }) => head);
  const account = heads.find(({ keys }) => keys.account !== undefined);
  const owner = account?.keys.account?.owner;
  const defaults = heads.find(({ keys }) => keys.defaults !== undefined)?.keys.defaults ?? {};
  const operators = files.flatMap((file) =>
    file.operators.flatMap((entry) => normaliseOperator(entry, defaults, secrets) ?? []),
  );
  const webhooks = files.flatMap((file) =>
    file.webhooks.flatMap((entry) => normaliseWebhook(entry, defaults, secrets)),
  );
  return {
    owner:
      account && owner !== undefined
        ? { email: owner, source: sourceOf(account.placeOf('account', 'owner')) }
        : null,
    policy: normalisePolicy(heads.find(({ keys }) => keys.policy !== undefined)),
    operators: heads.some((head) => head.has('operators')) ? operators : null,
    webhooks: heads.some((head) => head.has('webhooks')) ? webhooks : null,
    config,
    secrets,
  };
}

/** The names, and the SHA-256 over every name, length and content. */
function configIdentity(texts: readonly ConfigText[]): DesiredState['config'] {
  const hash = createHash('sha256');
  for (const { name, bytes } of texts) hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  return { files: texts.map(({ name }) => name), sha256: hash.digest('hex') };
}
