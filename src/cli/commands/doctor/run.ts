import { RefusedError, UserError } from '../../../model/errors.ts';
import {
  doctor,
  type Examination,
  type ProbeRecord,
  type ProposedProbes,
} from '../../../operations/doctor.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { renderEvidenceJson } from '../../../render/json/documents.ts';
import { renderEvidenceMarkdown } from '../../../render/markdown/evidence.ts';
import { renderErrorText } from '../../../render/text/error.ts';
import { renderEvidenceText } from '../../../render/text/evidence.ts';
import { openAccount } from '../../account/open-account.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { checkOutputs } from '../../files/output-paths.ts';
import { writeDocument } from '../../files/write-document.ts';
import { askForYes } from '../../terminal/ask.ts';
import { listenForStop, type StopSignals } from '../../terminal/stop-signals.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { DOCTOR_OPTIONS } from './definition.ts';
import { describeProbes } from './describe-probes.ts';

type DoctorFlags = FlagsOf<typeof DOCTOR_OPTIONS>;

/** Looks at the account, and says of each fact whether it holds. */
export async function runDoctor(flags: DoctorFlags, terminal: Terminal): Promise<ExitCode> {
  checkTogether(flags, terminal);
  const { out, tokenFile } = flags;
  if (out !== undefined) await checkOutputs([{ flag: '--out', path: out }], tokenFile ? [tokenFile] : []);
  const record: ProbeRecord = { probe: null };
  const signals = listenForStop(terminal, () => exitAtOnce(record, terminal));
  try {
    const account = await openAccount(flags, terminal);
    try {
      const examination = await doctor(account, {
        signals,
        record,
        tell: (text) => terminal.inform(`${escapeForTerminal(text)}\n`),
        ...(flags.writeProbes ? { writeProbes: probesOf(flags, signals, terminal) } : {}),
      });
      return await give(examination, flags, terminal);
    } finally {
      await account.close();
    }
  } finally {
    signals.release();
  }
}

function checkTogether(flags: DoctorFlags, { canAsk }: Terminal): void {
  const { writeProbes, operator, status, autoApprove } = flags;
  if (operator !== undefined && !writeProbes) {
    throw new UserError('usage', '--operator says on whom writes are tried, and none are', {
      hint: 'add --write-probes, or leave --operator out',
    });
  }
  if (status && operator === undefined) {
    throw new UserError('usage', '--status needs somebody whose status is set', {
      hint: 'add --operator EMAIL, or leave --status out',
    });
  }
  if (writeProbes && !autoApprove && !canAsk) {
    throw new RefusedError('no-confirmation', 'there is no terminal to ask on, so nothing was written', {
      hint: 'give --auto-approve (-y) to write the probes without being asked',
    });
  }
}

function probesOf({ operator, status, autoApprove }: DoctorFlags, signals: StopSignals, terminal: Terminal) {
  const confirm = async (proposed: ProposedProbes) => {
    const text = describeProbes(proposed);
    if (autoApprove) {
      terminal.inform(text);
      return;
    }
    terminal.complain(text);
    let confirmed = false;
    try {
      confirmed = await askForYes("Do this? Only 'yes' is accepted: ", signals.stop);
    } catch (error) {
      if (!signals.stop.aborted) throw error;
      throw new UserError('interrupted', 'interrupted, and nothing was written');
    }
    if (!confirmed) throw new RefusedError('no-confirmation', 'not confirmed, so nothing was written');
  };
  return { operator, status, confirm };
}

/** What is left behind is said even where nothing else can be given any more. */
async function give(
  { evidence, leftBehind, leftOut, stopped }: Examination,
  { format, out }: DoctorFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const say = (text: string) => terminal.complain(`${escapeForTerminal(text)}\n`);
  for (const name of leftBehind) say(`Left behind: ${name}.`);
  if (leftBehind.length > 0) say('Run doctor --write-probes again: it removes what is left of earlier runs.');
  if (stopped) terminal.complain(renderErrorText(stopped, terminal.textOptions('stderr')));
  if (stopped && leftBehind.length === 0) say('Everything that was written is removed again.');
  for (const name of leftOut) say(`Left out: ${name}.`);
  try {
    if (out !== undefined) await writeDocument(out, renderEvidenceJson(evidence), { access: 'ordinary' });
    if (format === 'json') terminal.write(renderEvidenceJson(evidence), 'json');
    else if (format === 'markdown') terminal.write(renderEvidenceMarkdown(evidence), 'markdown');
    else terminal.write(renderEvidenceText(evidence, terminal.textOptions()), 'text');
  } catch (error) {
    if (!(error instanceof UserError) || leftBehind.length === 0) throw error;
    terminal.complain(renderErrorText(error, terminal.textOptions('stderr')));
  }
  if (leftBehind.length > 0) return EXIT.incomplete;
  const isFatal = evidence.facts.some(({ verdict, tolerated }) => verdict === 'differs' && !tolerated);
  if (isFatal) return EXIT.refused;
  return stopped ? EXIT.error : EXIT.done;
}

/** The second signal: nothing can be removed any more. */
function exitAtOnce({ probe }: ProbeRecord, terminal: Terminal): never {
  if (!probe?.hasBegun) process.exit(EXIT.error);
  const ids = [...probe.ids];
  const named = ids.length === 0 ? '' : ` (${ids.join(', ')})`;
  terminal.complain(
    `Stopped at once: a subscription to ${probe.url}${escapeForTerminal(named)} may be left. Run doctor --write-probes again: it removes it.\n`,
  );
  process.exit(EXIT.incomplete);
}
