import { type ExportedAccount, ownerCandidates } from '../../../export/index.ts';
import { UserError } from '../../../model/errors.ts';
import type { LiveState } from '../../../model/live.ts';
import { exportAccount } from '../../../operations/export.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { checkWritable } from '../../files/output-paths.ts';
import { writeSchemaBeside } from '../../files/schema-beside.ts';
import { checkNothingThere, writeDocument } from '../../files/write-document.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { adoptIntoFiles } from './adopt.ts';
import { askForOwner } from './ask-owner.ts';
import type { ExportFlags } from './definition.ts';
import { readLive } from './read-live.ts';
import { checkSecretsFile, writeSecretsFile } from './secrets-file.ts';
import { describeLeftOut, describeSecrets } from './tell-of-export.ts';

/** Writes the live account as a file, or what the files do not have into them. */
export async function runExport(flags: ExportFlags, terminal: Terminal): Promise<ExitCode> {
  checkFlagsTogether(flags);
  await checkSecretsFile(flags);
  if (flags.into !== undefined) return adoptIntoFiles(flags, terminal);
  const { out } = flags;
  if (out !== undefined) {
    if (!flags.force) await checkNothingThere(out);
    await checkWritable(out);
  }
  const live = await readLive(flags, terminal);
  const owner = flags.owner ?? (terminal.canAsk ? await askForOwner(live.live, terminal) : undefined);
  const { kind: kinds, revealSecrets } = flags;
  const exported = exportAccount(live, { owner, kinds, revealSecrets });
  await writeSecretsFile(exported.secrets, flags);
  const text = flags.format === 'json' ? exported.json : exported.yaml;
  if (out === undefined) terminal.write(text, flags.format === 'json' ? 'json' : 'file');
  else {
    const access = revealSecrets ? 'private' : 'ordinary';
    await writeDocument(out, text, { access, overwrite: flags.force });
    const schema = flags.format === 'json' ? null : await writeSchemaBeside(out);
    if (schema !== null) terminal.inform(`Wrote ${escapeForTerminal(schema)}, for editors.\n`);
  }
  tellOfExport(exported, live.live, owner, flags, terminal);
  return EXIT.done;
}

function checkFlagsTogether(flags: ExportFlags): void {
  const refuse = (message: string, hint: string) => new UserError('usage', message, { hint });
  if (flags.into === undefined) {
    if (flags.dryRun)
      throw refuse('--dry-run goes with --into', 'without --into nothing is written unless --out is given');
    if (flags.paths?.length) {
      throw refuse(
        `unexpected argument "${flags.paths[0]}"`,
        'write with --out FILE, or add to files with --into FILE',
      );
    }
    return;
  }
  const others = [
    ['--out', flags.out !== undefined],
    ['--force', flags.force],
    ['--owner', flags.owner !== undefined],
    ['--format json', flags.format === 'json'],
  ] as const;
  for (const [name, isGiven] of others) {
    if (isGiven) throw refuse(`--into and ${name} do not go together`, '--into adds to a file as it is');
  }
}

function tellOfExport(
  { secrets, leftOut }: ExportedAccount,
  live: LiveState,
  owner: string | undefined,
  { out, format, revealSecrets, secretsFile }: ExportFlags,
  terminal: Terminal,
): void {
  const parts: string[] = [];
  if (out !== undefined) parts.push(`Wrote the account to ${escapeForTerminal(out)}.\n`);
  if (leftOut.length > 0) parts.push(describeLeftOut(leftOut));
  if (owner === undefined) {
    const [first = 'owner@acme.example'] = ownerCandidates(live).map(escapeForTerminal);
    const what = format === 'json' ? 'has no "account"' : 'has its "account" commented out';
    parts.push(
      `Warning: nobody said who the owner is, so the file ${what}, and nothing guards against a wrong token.\n  Give --owner EMAIL (such as ${first}), or write it into the file.\n`,
    );
  }
  if (secrets.length > 0) parts.push(describeSecrets(secrets, secretsFile));
  if (revealSecrets && live.webhooks?.length) {
    parts.push('Warning: credentials in webhook URLs are written out. Do not commit them.\n');
  }
  if (out !== undefined) {
    const where = out === 'chaport.yaml' ? '' : ` -f ${out}`;
    const when = secrets.length > 0 ? 'With that set,' : 'Now';
    parts.push(
      `${when} \`chaportctl plan${escapeForTerminal(where)}\` shows no changes. Edit the file, and plan again.\n`,
    );
  }
  terminal.inform(parts.join('\n'));
}
