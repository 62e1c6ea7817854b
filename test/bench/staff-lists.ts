import { parseConfig } from '../../src/config/index.ts';
import { parseStaffList } from '../../src/export/index.ts';
import { importStaff } from '../../src/operations/import.ts';
import { medianOf } from './measure.ts';

const ROWS = 5_000;
const ROUNDS = 5;

export interface StaffListFigures {
  rows: number;
  /** Milliseconds to read the list, to bring it into a file without people, and into one with all of them. */
  reading: number;
  adding: number;
  changing: number;
  /** To load the file with all of them: what every command does first. */
  loading: number;
}

/** Reads and imports a long staff list, in this process. */
export function timeStaffLists(): StaffListFigures {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const listOf = (title: string) => {
    const rows = Array.from(
      { length: ROWS },
      (_, at) => `p${at}@acme.example;P;Person ${at};${title};Agent;German\n`,
    );
    return {
      name: 'staff.csv',
      bytes: bytes(`E-Mail;Vorname;Nachname;Position;Rolle;Sprache\n${rows.join('')}`),
    };
  };
  const bring = (file: Uint8Array, title: string) =>
    importStaff({
      texts: [{ name: 'chaport.yaml', bytes: file }],
      into: ['chaport.yaml'],
      list: listOf(title),
    });
  const empty = bytes('version: 1\n\noperators: []\n');
  const full = bring(empty, 'Agent').files[0]?.after ?? empty;
  return {
    rows: ROWS,
    reading: time(() => parseStaffList(listOf('Agent').bytes, 'staff.csv')),
    adding: time(() => bring(empty, 'Agent')),
    changing: time(() => bring(full, 'Lead')),
    loading: time(() => parseConfig([{ name: 'chaport.yaml', bytes: full }], { env: {} })),
  };
}

function time(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const started = performance.now();
    run();
    if (round > 0) times.push(performance.now() - started);
  }
  return medianOf(times);
}
