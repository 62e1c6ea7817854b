import { setFlagsFromString } from 'node:v8';

/** Where the flag was tried; another Node may not know it, and would say so on stderr. */
const TRIED = new Set(['20', '22', '24']);

/**
 * Lets the HTTP parser run as it is compiled at first. It is a WebAssembly module, and by itself V8
 * compiles it a second time for speed: for the few answers of a run that takes longer than all of them,
 * and 30 MiB. To be called before the first request.
 */
export function compileHttpParserOnce(): void {
  const [major = ''] = process.versions.node.split('.');
  if (TRIED.has(major)) setFlagsFromString('--liftoff-only');
}
