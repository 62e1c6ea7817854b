/** Faults of one sort: when the account acts on the call that one strikes, and what the client sees. */
interface FaultFamily {
  kinds: readonly string[];
  acts: 'never' | 'first' | 'late';
  /** What may follow the kind, after a colon. */
  value?: string;
  says: string;
}

/** Milliseconds until the account acts on a call that a `-late` fault struck, where it does not say. */
export const DEFAULT_LATE_MS = 500;

/** Everything that can go wrong with a call; `simulate --help` lists it. */
export const FAULT_FAMILIES = [
  {
    kinds: ['400', '401', '403', '404', '408', '409', '429', '500', '502', '503', '504'],
    acts: 'never',
    says: 'answered with this status',
  },
  {
    kinds: ['429-retry-after', '503-retry-after'],
    acts: 'never',
    value: 'SECONDS or date',
    says: 'answered so, with Retry-After',
  },
  { kinds: ['reset-before'], acts: 'never', says: 'the connection is reset' },
  { kinds: ['timeout-before'], acts: 'never', says: 'no answer comes, ever' },
  { kinds: ['html-before'], acts: 'never', says: 'a login page: HTML with 200' },
  { kinds: ['redirect'], acts: 'never', value: 'URL', says: '307 to another address' },
  {
    kinds: ['echo'],
    acts: 'never',
    says: '400, and the message repeats the token and the body that were sent',
  },
  {
    kinds: ['membrane-401', 'membrane-429', 'membrane-500'],
    acts: 'never',
    says: 'errors of Membrane’s own, not of the app behind it',
  },
  { kinds: ['says-done'], acts: 'never', says: 'the answer of a call that was carried out' },
  { kinds: ['says-error', 'says-errors'], acts: 'never', says: '200 with {"error":{…}} or {"errors":[…]}' },
  {
    kinds: ['says-unsuccessful', 'says-not-ok'],
    acts: 'never',
    says: '200 with {"success":false} or {"ok":false}',
  },
  { kinds: ['says-null'], acts: 'never', says: '200 with {"result":null}' },
  {
    kinds: ['408-after', '500-after', '502-after', '503-after', '504-after'],
    acts: 'first',
    says: 'answered with this status',
  },
  { kinds: ['reset-after'], acts: 'first', says: 'the connection is reset' },
  { kinds: ['timeout-after'], acts: 'first', says: 'no answer comes, ever' },
  { kinds: ['truncated'], acts: 'first', says: 'the connection breaks in the middle of the body' },
  { kinds: ['cut-json'], acts: 'first', says: 'a whole answer whose JSON stops in the middle' },
  { kinds: ['html'], acts: 'first', says: 'HTML with 200' },
  { kinds: ['empty'], acts: 'first', says: '200 without a body' },
  { kinds: ['wrong-type'], acts: 'first', says: 'the right body, called text/plain' },
  { kinds: ['wrong-body'], acts: 'first', says: '200 and JSON, but nothing that the call answers with' },
  {
    kinds: ['trickle'],
    acts: 'first',
    value: 'MS',
    says: 'the body comes one byte every MS (100) and never ends',
  },
  {
    kinds: ['408-late', '500-late', '502-late', '503-late', '504-late'],
    acts: 'late',
    value: 'MS',
    says: 'answered with this status at once',
  },
  { kinds: ['reset-late'], acts: 'late', value: 'MS', says: 'the connection is reset at once' },
  { kinds: ['timeout-late'], acts: 'late', value: 'MS', says: 'no answer comes, ever' },
  {
    kinds: ['truncated-late', 'cut-json-late'],
    acts: 'late',
    value: 'MS',
    says: 'the answer is cut, as with truncated and cut-json',
  },
  { kinds: ['html-late'], acts: 'late', value: 'MS', says: 'HTML with 200' },
] as const satisfies readonly FaultFamily[];

export type FaultKind = (typeof FAULT_FAMILIES)[number]['kinds'][number];

export const FAULT_KINDS: readonly FaultKind[] = FAULT_FAMILIES.flatMap(({ kinds }): FaultKind[] => [
  ...kinds,
]);

/** When the account acts on a call that this fault struck. */
export function actsOf(kind: FaultKind): FaultFamily['acts'] {
  const families: readonly FaultFamily[] = FAULT_FAMILIES;
  return families.find(({ kinds }) => kinds.includes(kind))?.acts ?? 'never';
}

export const FAULT_SPELLING = 'CALL=KIND[:VALUE][xTIMES|xforever][+SKIP]';

const HEADINGS = {
  never: 'Nothing is done:',
  first: 'Done, and then:',
  late: `Done only MS (${DEFAULT_LATE_MS}) milliseconds later:`,
};
const COLUMN = 26;

/** The kinds for `--help`, by what the account does. */
export function describeFaults(): string {
  const families: readonly FaultFamily[] = FAULT_FAMILIES;
  const sections = Object.entries(HEADINGS).map(([acts, heading]) =>
    [`  ${heading}`, ...families.filter((family) => family.acts === acts).map(familyRow)].join('\n'),
  );
  return [
    `Faults, ${FAULT_SPELLING}:`,
    '"POST operators=reset-late:300x2+1" lets one create of an operator pass and strikes the next two.',
    'CALL is [METHOD ]PATH, and * any method, any part of a path, or any call.',
    ...sections,
  ].join('\n');
}

function familyRow({ kinds, value, says }: FaultFamily): string {
  const names = kinds.join(', ') + (value === undefined ? '' : `[:${value}]`);
  const gap = names.length < COLUMN ? ' '.repeat(COLUMN - names.length) : `\n${' '.repeat(COLUMN + 4)}`;
  return `    ${names}${gap}${says}`;
}
