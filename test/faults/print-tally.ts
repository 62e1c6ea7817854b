import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TALLY_FILE } from './tally.ts';

/** Gathers the numbers of a full run, and prints them at its end. */
export default function gatherTally(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'chaportctl-tally-'));
  const file = path.join(folder, 'tally.jsonl');
  writeFileSync(file, '');
  process.env[TALLY_FILE] = file;
  return () => {
    const sums = new Map<string, number>();
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line === '') continue;
      const [name, count] = JSON.parse(line);
      sums.set(name, (sums.get(name) ?? 0) + count);
    }
    rmSync(folder, { recursive: true });
    for (const [name, sum] of sums) process.stdout.write(`${String(sum).padStart(6)}  ${name}\n`);
  };
}
