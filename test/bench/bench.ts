import { mkdirSync, writeFileSync } from 'node:fs';
import { timeCommands } from './commands.ts';
import { timeCreates } from './creates.ts';
import { timeGlobs } from './globs.ts';
import { describeMachine } from './machine.ts';
import { timeMasking } from './masking.ts';
import { timePlanning } from './planning.ts';
import { timeRotas } from './rotas.ts';
import { timeStaffLists } from './staff-lists.ts';
import { renderResult } from './table.ts';

/** Runs everything, prints the table, and writes the figures to .bench/result.json. */
export async function runBenchmark(root: string): Promise<void> {
  const folder = `${root}.bench/files`;
  mkdirSync(folder, { recursive: true });
  const places = { root, folder, program: `${root}dist/cli.js`, programs: `${root}.bench/programs` };
  const started = performance.now();
  const tell = (text: string) => process.stderr.write(`${text} …\n`);
  tell('Commands, as whole processes');
  const commands = await timeCommands(places);
  tell('Planning small and large accounts');
  const planning = await timePlanning(places);
  tell('200 creates');
  const creates = await timeCreates(places);
  tell('Masking secrets');
  const masking = timeMasking();
  tell('Comparing with globs');
  const globs = timeGlobs();
  tell('A year of shifts');
  const rotas = await timeRotas(places);
  tell('Staff lists');
  const staffLists = timeStaffLists();
  const seconds = Math.round((performance.now() - started) / 1000);
  const figures = { commands, planning, creates, masking, globs, rotas, staffLists };
  const result = { machine: describeMachine(), seconds, ...figures };
  writeFileSync(`${root}.bench/result.json`, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(renderResult(result));
}
