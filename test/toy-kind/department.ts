import type * as z from 'zod';
import type { Change } from '../../src/model/change.ts';
import type { DesiredObject } from '../../src/model/desired.ts';
import { filledText, listOf, map, state } from '../../src/model/field-schemas.ts';
import {
  defineKind,
  type EntryReader,
  type HeadlineClause,
  isAbsent,
  type Section,
} from '../../src/model/kinds/kind.ts';
import type { Source } from '../../src/model/source.ts';
import { holdsSecret, realOf, secretNamesIn, type Text, textOf, WrittenText } from '../../src/model/text.ts';
import {
  inOrder,
  literal,
  quoted,
  type WriteOptions,
  type WrittenSection,
} from '../../src/model/written-entry.ts';

/** A kind that the API does not have: it shows what a further one needs. `members` is a list in file and API. */
export interface LiveDepartment {
  id: string;
  name: string;
  members: string;
}

interface DesiredDepartment {
  name: Text;
  members?: Text;
  absent: boolean;
  source: Source;
}

export const SEPARATOR = ', ';

const schema = map({
  name: filledText.meta({ title: 'Name', description: 'What identifies it.', examples: ['Sales'] }),
  members: listOf(filledText, 'a list of members')
    .meta({ title: 'Members', description: 'Who is in it.', examples: [['Jon Snow']] })
    .optional(),
  state: state.meta({ title: 'State', description: '`absent` deletes it.', examples: ['absent'] }).optional(),
}).meta({ title: 'Department', description: 'Some people.', examples: [{ name: 'Sales' }] });

type Written = z.infer<typeof schema>;

const section: Section<Written, DesiredDepartment> = {
  name: 'departments',
  title: 'Departments',
  description: 'The departments. Left out: departments are not managed.',
  examples: [[{ name: 'Sales', members: ['Jon Snow'] }]],
  schema,
  key: 'name',
  keyOf: (name) => realOf(name),
  defaults: {},
  read: readDepartment,
  identities: ({ keys: { name } }) =>
    name === undefined ? [] : [{ key: realOf(name), words: [name], path: ['name'] }],
  duplicateCode: 'duplicate-department',
  check: () => [],
  bare: { name: 'Nobody' },
  write: writeDepartments,
};

export const departmentKind = defineKind({
  name: 'department',
  noun: { one: 'department', many: 'departments' },
  list: 'departments',
  section,
  fields: { name: 'text', members: 'text' },
  keyInWords: 'the key of a department is its name',
  keyFields: ['name'],
  deleteShows: ['name', 'members'],
  incidental: [],
  about: [],
  introduction: ['members'],
  passing: false,
  createDefaults: {},
  createNeeds: [],
  clearable: [],
  liveDuplicates: 'error',
  desired: (entries: readonly DesiredDepartment[]) => entries.map(desiredDepartment),
  live: (entries: readonly LiveDepartment[]) =>
    entries.map(({ id, name, members }) => ({ key: name, id, fields: { name, members }, readOnly: {} })),
  pruneGlobs: (policy) => policy.prune.departments ?? [],
  normalise: (fields) => fields,
  keyParts: ({ name = '' }) => [textOf(name)],
  globText: ({ name }) => String(name),
  globs: 'email',
  hideCredentials: (fields) => fields,
  phases: [
    { phase: 'make', has: ({ action }) => action !== 'delete' },
    { phase: 'break', has: ({ action }) => action === 'delete' },
  ],
  effects: ({ action }) => (action === 'create' ? [{ code: 'opens', text: 'opens its doors' }] : []),
  impact: (changes) => [
    {
      title: 'Closes its doors',
      gravity: 'weighty',
      items: changes.flatMap(({ action, key }) => (action === 'delete' ? [{ name: key }] : [])),
    },
  ],
  headline: departmentHeadline,
  mustBeSeen: ({ action }) => action === 'delete',
});

function readDepartment(entry: EntryReader<Written>): DesiredDepartment[] {
  const { name, members } = entry.keys;
  if (name === undefined) return [];
  const wished = members === undefined || isAbsent(entry) ? {} : { members: joined(members) };
  return [{ name, ...wished, absent: isAbsent(entry), source: entry.sourceOf() }];
}

/** One text of several, with the secrets of all. */
function joined(texts: readonly Text[]): Text {
  const real = texts.map(realOf).join(SEPARATOR);
  const shown = texts.map(String).join(SEPARATOR);
  return texts.some(holdsSecret) ? new WrittenText(real, shown, secretNamesIn(shown)) : real;
}

function desiredDepartment({ name, members, absent, source }: DesiredDepartment): DesiredObject {
  const fields = { name, ...(members === undefined ? {} : { members }) };
  return { key: realOf(name), absent, fields, extras: {}, source };
}

function writeDepartments(
  departments: readonly LiveDepartment[],
  _options: WriteOptions<DesiredDepartment>,
): WrittenSection {
  const canSay = ({ name }: LiveDepartment) => schema.shape.name.safeParse(name).success;
  return {
    entries: inOrder(departments.filter(canSay), ({ name }) => name).map(({ id, name, members }) => ({
      keys: { name: literal(name), members: members.split(SEPARATOR).map(literal) },
      notes: [],
      remark: `id ${id}`,
    })),
    leftOut: departments
      .filter((department) => !canSay(department))
      .map(({ name }) => ({ what: `the department ${quoted(name)}`, why: 'this is no name' })),
    defaults: {},
    notes: { file: [], defaults: [] },
  };
}

function departmentHeadline(changes: readonly Change[]): HeadlineClause[] {
  const names = (wanted: Change['action']) =>
    changes.flatMap(({ action, key }) => (action === wanted ? [key] : []));
  const { noun } = departmentKind;
  return [
    { before: 'open ', names: names('create'), noun },
    { before: 'rearrange ', names: names('update'), noun },
    { before: 'close ', names: names('delete'), noun },
  ];
}
