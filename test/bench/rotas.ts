import { writeFileSync } from 'node:fs';
import type { Places } from './machine.ts';
import { type Timing, timeInTurn } from './measure.ts';

const PEOPLE = 200;
const ROUNDS = 3;
const FORMATS = ['json', 'text', 'svg', 'html', 'ics'] as const;
const YEAR = ['--from', '2026-01-01', '--to', '2026-12-31'];

export interface RotaFigures {
  people: number;
  /** Loading the file, and looking over two weeks of it. */
  loading: Timing;
  /** The rota of a year. */
  formats: { format: string; timing: Timing }[];
}

/** Whole processes that show the year of a large team. */
export async function timeRotas({ folder, program, root }: Places): Promise<RotaFigures> {
  const file = `${folder}/rota.yaml`;
  writeFileSync(file, rotaOf(PEOPLE));
  const ours = (name: string, ...args: string[]) => ({
    name,
    command: process.execPath,
    args: [program, ...args, '-f', file],
    cwd: root,
  });
  const shifts = FORMATS.map((format) => ours(format, 'shifts', ...YEAR, '--format', format));
  const { loading, ...timings } = await timeInTurn([ours('loading', 'validate'), ...shifts], ROUNDS);
  if (!loading) throw new Error('loading was not timed');
  return {
    people: PEOPLE,
    loading,
    formats: Object.entries(timings).map(([format, timing]) => ({ format, timing })),
  };
}

/** Weekdays, nights in turns and a second time zone, with vacations, swaps and a rule. */
function rotaOf(count: number): string {
  const people = Array.from({ length: count }, (_, index) => `person${index}@acme.example`);
  const some = (from: number, to: number) => `[${people.slice(from * count, to * count).join(', ')}]`;
  const nights = `{ every: 1w, since: 2025-12-01, order: [${some(0.6, 0.8)}, ${some(0.8, 1)}] }`;
  const off = people.map((who, index) => {
    const month = String((index % 11) + 1).padStart(2, '0');
    return `    - { who: ${who}, from: 2026-${month}-05, to: 2026-${month}-18, note: vacation }`;
  });
  const swaps = people
    .slice(0, count / 10)
    .map(
      (out, index) =>
        `    - { date: 2026-12-01, shift: early, out: ${out}, in: ${people[count - 1 - index]} }`,
    );
  return [
    'version: 1',
    'policy:',
    '  coverage:',
    `    - { name: office hours, days: mon-fri, from: "09:00", to: "18:00", online: ${count / 4} }`,
    'operators:',
    ...people.map((email, index) => `  - { email: ${email}, name: Person ${index} }`),
    'shifts:',
    '  timeZone: Europe/Berlin',
    '  rota:',
    `    early: { days: mon-fri, from: "08:00", to: "16:00", who: ${some(0, 0.3)} }`,
    `    late: { days: mon-fri, from: "14:00", to: "22:00", timeZone: Europe/Madrid, who: ${some(0.3, 0.6)} }`,
    `    night: { days: daily, from: "22:00", to: "06:00", rotate: ${nights} }`,
    '  closed: [2026-01-01, 2026-12-24..2026-12-26]',
    '  off:',
    ...off,
    '  swaps:',
    ...swaps,
    '',
  ].join('\n');
}
