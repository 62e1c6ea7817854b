import type * as z from 'zod';
import { sectionsOfFile } from '../../model/kinds/index.ts';
import type { EntryReader } from '../../model/kinds/kind.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Complaints } from '../complaints.ts';
import { readShifts } from '../shifts/read-shifts.ts';
import { locate, type Path } from '../source/locate.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { FileValues } from '../values/plain-values.ts';
import { complaintsFromIssues } from './complaints-from-issues.ts';
import { fileSchema, OWN_KEY, type WrittenHead } from './file-schema.ts';
import { nounOf } from './walk.ts';
import { isMap, type Located, WrittenMap } from './written-map.ts';

/** What stands beside the sections, and in them. Whether a section is there at all: `has`. */
export type Head = WrittenMap<WrittenHead & Record<string, unknown>>;

/** What one file says. */
export interface FileSections {
  /** Its place among the files. */
  file: number;
  head: Head;
  /** The entries by section; none of one that the file does not have, or that is unreadable. */
  entries: ReadonlyMap<string, readonly WrittenMap[]>;
}

/** Checks a file against the schemas, entry by entry, with a complaint for everything that is wrong. */
export function readSections(
  file: SourceFile,
  { filled, real }: FileValues,
  secrets: SecretBook,
  complaints: Complaints,
): FileSections {
  const whole = {
    file,
    node: file.root,
    filled: withoutOwnKeys(filled),
    real: withoutOwnKeys(real),
    called: 'the file',
    secrets,
  };
  const head = withSoundShifts(readMap(fileSchema(), whole, complaints), complaints);
  const entriesOf = (name: string, schema: z.ZodType): WrittenMap[] => {
    const values = head.keys[name];
    const reals = isMap(real) ? real[name] : null;
    if (!Array.isArray(values) || !Array.isArray(reals)) return [];
    return values.flatMap((entry: unknown, index) => {
      if (complaints.isFull) return [];
      const { node } = locate(file, file.root, [name, index]);
      const located = {
        file,
        node,
        filled: entry,
        real: reals[index],
        called: `a ${nounOf(schema)}`,
        secrets,
      };
      return readMap(schema, located, complaints);
    });
  };
  const entries = sectionsOfFile().map(
    ({ section: { name, schema } }) => [name, entriesOf(name, schema)] as const,
  );
  return { file: file.index, head, entries: new Map(entries) };
}

function withSoundShifts(head: Head, complaints: Complaints): Head {
  const { file, node, filled, real } = head.located;
  if (!head.has('shifts') || !isMap(filled) || !isMap(real)) return head;
  const section = {
    ...head.located,
    node: locate(file, node, ['shifts']).node,
    filled: filled.shifts,
    real: real.shifts,
    called: '"shifts"',
  };
  const shifts = readShifts(
    section,
    (schema, located) => readMap(schema, located, complaints),
    (complaint) => complaints.add(complaint),
  );
  return head.withKeys({ ...head.keys, shifts });
}

function withoutOwnKeys(said: unknown): unknown {
  if (!isMap(said) || !Object.keys(said).some((key) => OWN_KEY.test(key))) return said;
  return Object.fromEntries(Object.entries(said).filter(([key]) => !OWN_KEY.test(key)));
}

/** Checks a map against its schema, with a complaint for everything that is wrong. */
export function readMap<T>(
  schema: z.ZodType,
  located: Located,
  complaints: Pick<Complaints, 'addAll'>,
): WrittenMap<T> {
  const result = schema.safeParse(located.real);
  const issues = result.success ? [] : result.error.issues;
  complaints.addAll(complaintsFromIssues(issues, schema, located));
  // Every faulty key is out, so what is left was found to be as the schema says.
  const sound = soundKeys(located.filled, issues) as EntryReader<T>['keys'];
  return new WrittenMap(
    sound,
    located,
    issues.map((issue): Path => issue.path),
  );
}

function soundKeys(filled: unknown, issues: readonly z.core.$ZodIssue[]): object {
  if (!isMap(filled)) return {};
  if (issues.length === 0) return filled;
  const faulty = new Set<PropertyKey>();
  for (const issue of issues) {
    const [key] = issue.path;
    if (key !== undefined) faulty.add(key);
    else if (issue.code === 'unrecognized_keys') for (const unknown of issue.keys) faulty.add(unknown);
  }
  return Object.fromEntries(Object.entries(filled).filter(([key]) => !faulty.has(key)));
}
