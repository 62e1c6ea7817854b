import { createInterface } from 'node:readline/promises';

/** Asks on the terminal. Anything but exactly `yes` is no, and so is the end of the input. */
export async function askForYes(question: string, stop: AbortSignal): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C belongs to the process, as everywhere else.
    prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
    const answer = await Promise.race([prompt.question(question, { signal: stop }), closed]);
    return answer === 'yes';
  } finally {
    prompt.close();
  }
}
