import { setMaxListeners } from 'node:events';
import type { CallSignals } from '../../chaport/client.ts';
import type { Terminal } from './terminal.ts';

/** How long calls under way may take after the first signal, in milliseconds. */
const GRACE = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StopSignals extends CallSignals {
  stop: AbortSignal;
  abort: AbortSignal;
  /** Gives the signals back to the process. */
  release(): void;
}

/**
 * Ctrl-C, SIGTERM and a terminal that goes away: the first ends the run in good order, the second at once.
 * @param exitAtOnce leaves the process; called for the second signal.
 */
export function listenForStop(
  terminal: Terminal,
  exitAtOnce: (signal: NodeJS.Signals) => never,
): StopSignals {
  const stop = new AbortController();
  const abort = new AbortController();
  // Every call under way listens, and there may be more than the ten of which Node warns.
  setMaxListeners(0, stop.signal, abort.signal);
  let grace: NodeJS.Timeout | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stop.signal.aborted) exitAtOnce(signal);
    terminal.complain(`\n${signal}: no new call starts, those under way may finish (10 s at most).\n`);
    stop.abort(signal);
    grace = setTimeout(() => abort.abort(signal), GRACE);
    grace.unref();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    stop: stop.signal,
    abort: abort.signal,
    release: () => {
      clearTimeout(grace);
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
