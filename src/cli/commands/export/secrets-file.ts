import type { SecretToSet } from '../../../export/index.ts';
import { UserError } from '../../../model/errors.ts';
import { checkWritable } from '../../files/output-paths.ts';
import { checkNothingThere, writeDocument } from '../../files/write-document.ts';
import type { ExportFlags } from './definition.ts';

/** Asked before there is something to lose. @throws {UserError} when the file cannot be written, or is there. */
export async function checkSecretsFile({
  secretsFile,
  out,
  force,
  revealSecrets,
}: ExportFlags): Promise<void> {
  if (secretsFile === undefined) return;
  if (revealSecrets) {
    throw new UserError('usage', '--secrets-file and --reveal-secrets do not go together', {
      hint: 'with --reveal-secrets no name is made: the values stand in the file',
    });
  }
  if (secretsFile === out) {
    throw new UserError('usage', '--secrets-file and --out name the same file', { hint: 'name another one' });
  }
  if (!force) await checkNothingThere(secretsFile);
  await checkWritable(secretsFile);
}

/** The names with their values, as a shell and Node's --env-file read them; for its owner alone. */
export async function writeSecretsFile(
  secrets: readonly SecretToSet[],
  { secretsFile, force }: ExportFlags,
): Promise<void> {
  if (secretsFile === undefined || secrets.length === 0) return;
  const lines = secrets.map(({ name, value }) => `${name}=${quotedForShell(value)}\n`);
  await writeDocument(secretsFile, `# Not for the repository.\n${lines.join('')}`, { overwrite: force });
}

function quotedForShell(value: string): string {
  return /^[\w./:@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
