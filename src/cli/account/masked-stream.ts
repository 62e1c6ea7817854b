import type { SecretBook } from '../../model/secrets.ts';
import { escapeForTerminal } from '../../render/escape.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What no stream shows, whether it is known as a secret yet or not. */
const TOKENS = /\beyJ[\w-]*\.[\w-]+\.[\w-]*|\bpat-[\x21-\x7e]+/g;
/** A question waits on its line for the answer. Milliseconds. */
const PATIENCE = 150;

/** Passes a foreign program's words on as they come, line by line, masked and harmless. */
export function maskedStream(secrets: SecretBook, terminal: Terminal): (text: string) => void {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const pass = (text: string) => {
    const masked = secrets.mask(text).replace(TOKENS, '***');
    terminal.complain(masked.split('\n').map(escapeForTerminal).join('\n'));
  };
  return (text) => {
    clearTimeout(timer);
    held += text.replaceAll('\r\n', '\n');
    const end = held.lastIndexOf('\n') + 1;
    if (end > 0) pass(held.slice(0, end));
    held = held.slice(end);
    if (held === '') return;
    timer = setTimeout(() => {
      pass(held);
      held = '';
    }, PATIENCE);
  };
}
