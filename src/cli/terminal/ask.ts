import { createInterface } from 'node:readline/promises';

const QUESTION = "Apply these changes? Only 'yes' is accepted: ";

/** Asks on the terminal. Anything but exactly `yes` is no, and so is the end of the input. */
export async function askToApply(stop: AbortSignal): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C belongs to the process, as everywhere else.
    prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
    const answer = await Promise.race([prompt.question(QUESTION, { signal: stop }), closed]);
    return answer === 'yes';
  } finally {
    prompt.close();
  }
}
