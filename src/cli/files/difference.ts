import { escapeForTerminal } from '../../render/escape.ts';
import { layoutFor } from '../../render/text/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { unifiedDiff } from './unified-diff.ts';

/** A unified diff; on a terminal it is escaped and coloured. */
export function difference(name: string, before: Uint8Array, after: Uint8Array, terminal: Terminal): string {
  const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const patch = unifiedDiff(name, text(before), text(after));
  if (!process.stdout.isTTY) return patch;
  const { styles } = layoutFor(terminal.textOptions());
  return patch
    .split('\n')
    .map((line) => {
      const shown = escapeForTerminal(line.replace(/\r$/, ''));
      if (/^(?:---|\+\+\+|@@)/.test(line)) return styles.quiet(shown);
      return line.startsWith('+') ? styles.good(shown) : line.startsWith('-') ? styles.error(shown) : shown;
    })
    .join('\n');
}
