import { createInterface, type Interface } from 'node:readline/promises';
import { findLogin, ownerCandidates } from '../../../export/index.ts';
import type { LiveState } from '../../../model/live.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const MOST_SHOWN = 8;

/**
 * Asks on the terminal who the owner is, until an operator is named. A single admin is proposed.
 * An empty answer, and the end of the input, leave it open.
 */
export async function askForOwner(live: LiveState, terminal: Terminal): Promise<string | undefined> {
  const admins = ownerCandidates(live);
  const proposal = admins.length === 1 ? admins[0] : undefined;
  terminal.complain(
    "Who owns the account? With the owner's address in the file, a wrong token is noticed.\n" +
      (admins.length > 0 ? `  The admins are ${listed(admins)}\n` : ''),
  );
  const question =
    proposal === undefined
      ? "Owner's e-mail address (Enter leaves it open): "
      : `Owner's e-mail address [${escapeForTerminal(proposal)}]: `;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    for (;;) {
      const answer = await ask(prompt, question);
      if (answer === '') return proposal;
      if (answer === null) return undefined;
      if (findLogin(live, answer) !== undefined) return answer;
      terminal.complain(`The account has no operator ${escapeForTerminal(answer)}.\n`);
    }
  } finally {
    prompt.close();
  }
}

/** The answer; `null` where the input has ended. */
async function ask(prompt: Interface, question: string): Promise<string | null> {
  const closed = new Promise<null>((resolve) => prompt.once('close', () => resolve(null)));
  const answer = await Promise.race([prompt.question(question), closed]);
  return answer === null ? null : answer.trim();
}

function listed(addresses: readonly string[]): string {
  const shown = addresses.slice(0, MOST_SHOWN).map(escapeForTerminal).join(', ');
  return addresses.length > MOST_SHOWN ? `${shown} and ${addresses.length - MOST_SHOWN} more` : shown;
}
