import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfigText, parseConfig } from '../../src/config/index.ts';
import type { DesiredState } from '../../src/model/desired.ts';
import { runs } from '../support/runs.ts';

/*
 * A base, what lies between, and an environment on top: each layer includes the one below it, some also those
 * further down. Beside them the one file that a person would have written by hand.
 */

type Fields = Record<string, unknown>;
interface Layer {
  head: Fields;
  /** Its entries, and its overrides, each in one of two files. */
  entries: Fields[];
  overrides: Fields[];
  /** Whether it includes the layers further down as well. */
  isDiamond: boolean;
}

const someOf = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Fields> =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Fields>;

const status = fc.oneof(
  fc.constantFrom('online', 'away'),
  fc.record({ value: fc.constant('offline'), ttl: fc.constantFrom('1h', '2h') }),
);
const person = {
  name: fc.constantFrom('Jörg Weiß', 'Ana', 'Bo'),
  jobTitle: fc.constantFrom('Agent', null, ''),
  role: fc.constantFrom('operator', 'admin'),
  language: fc.constantFrom('en', 'de'),
  status,
  state: fc.constantFrom('present', 'absent'),
};
const hook = {
  events: fc.constantFrom(['chat.started'], ['chat.finished', 'chat.rated']),
  essential: fc.boolean(),
  state: fc.constantFrom('present', 'absent'),
};
const head = someOf({
  account: someOf({ owner: fc.constantFrom('a@x.example', 'b@x.example'), operatorId: fc.constant('1') }),
  policy: someOf({
    maxDeletes: fc.constantFrom(1, '10%'),
    minAdmins: fc.constantFrom(0, 2),
    protect: fc.constantFrom(['*@p.example'], []),
    prune: fc.constantFrom({ webhooks: ['https://h.example/**'] }, { operators: ['*@x.example'] }, [
      'webhooks',
    ]),
    unmanaged: fc.constantFrom('warn', { operators: 'refuse' }, { webhooks: 'warn' }),
  }),
  defaults: someOf({
    operator: someOf({ role: person.role, language: person.language, jobTitle: person.jobTitle }),
    status: someOf({ ttl: fc.constantFrom('3h', '4h'), mode: fc.constantFrom('enforce', 'initial') }),
    webhook: someOf({ essential: fc.boolean() }),
  }),
});

const layer = (at: number): fc.Arbitrary<Layer> =>
  fc.record({
    head,
    entries: fc
      .tuple(
        fc.array(someOf(person), { maxLength: 4 }),
        fc.array(fc.record({ ...hook, essential: fc.boolean() }), { maxLength: 2 }),
      )
      .map(([people, hooks]) => [
        ...people.map((fields, index) => ({ email: `p${at}${index}@x.example`, ...fields })),
        ...hooks.map((fields, index) => ({
          url: `https://h.example/${at}/${index}?k=\${secret:KEY}`,
          ...fields,
        })),
      ]),
    overrides: fc.array(fc.oneof(someOf(person), someOf(hook), fc.constant({ omit: true })), {
      maxLength: 8,
    }),
    isDiamond: fc.boolean(),
  });

const layers = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => layer(at))));

/** A secret is one of the files, also where only an omitted entry has it. */
const NAMED = { 'x-secrets': ['${secret:KEY}'] };

interface Described {
  entry: Fields;
  isOmitted: boolean;
}

/** Each override gets an entry further in that it fits; what an inner layer omitted is revived. */
function aimed(all: readonly Layer[]): { files: Layer[]; whole: Fields } {
  const known: Described[] = [];
  let whole: Fields = {};
  const files = all.map((written) => {
    const free = known.toReversed();
    const overrides = written.overrides.flatMap((fields) => {
      const at = free.findIndex(({ entry }) => fits(fields, entry));
      const [described] = at === -1 ? [] : free.splice(at, 1);
      return described ? [overriding(described, fields)] : [];
    });
    for (const entry of written.entries) known.push({ entry: { ...entry }, isOmitted: false });
    whole = laidOver(whole, written.head);
    return { ...written, overrides };
  });
  const entries = known.flatMap(({ entry, isOmitted }) => (isOmitted ? [] : [entry]));
  return { files, whole: { version: 1, ...NAMED, ...whole, ...sections(entries) } };
}

function fits(fields: Fields, { url }: Fields): boolean {
  if ('omit' in fields) return true;
  return ('events' in fields || 'essential' in fields) === (url !== undefined);
}

/** Changes what is described, and returns the override that does so. */
function overriding(described: Described, fields: Fields): Fields {
  const { email, url } = described.entry;
  const own = { ...fields, ...(described.isOmitted && !fields.omit ? { state: 'present' } : {}) };
  described.isOmitted = fields.omit === true;
  if (!described.isOmitted) Object.assign(described.entry, own);
  return { ...(email ? { email: String(email).toUpperCase() } : { url: respelled(String(url)) }), ...own };
}

const respelled = (url: string) => url.replace('https://h.example/', 'https://H.Example:443/');

const sections = (entries: readonly Fields[]) => ({
  operators: entries.filter(({ email }) => email !== undefined),
  webhooks: entries.filter(({ url }) => url !== undefined),
});

function laidOver(below: Fields, above: Fields): Fields {
  const isMap = (value: unknown): value is Fields =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const joined = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const other = below[key];
    const isWhole = key === 'prune' || key === 'unmanaged';
    joined[key] = isMap(value) && isMap(other) && !isWhole ? laidOver(other, value) : value;
  }
  return joined;
}

/** Two files a layer: the second one has every other entry and override. */
function textsOf(files: readonly Layer[]): ConfigText[] {
  const text = (name: string, content: Fields, names: readonly (readonly string[])[]): ConfigText => ({
    name,
    bytes: new TextEncoder().encode(JSON.stringify({ ...content, include: names.map(() => 'somewhere') })),
    includes: names.map((some) => ({ names: some })),
  });
  return files.flatMap(({ head: said, entries, overrides, isDiamond }, at) => {
    const below = files.slice(isDiamond ? 0 : Math.max(0, at - 1), at);
    const names = below.map((one) => files.indexOf(one)).map((index) => [`${index}/a`, `${index}/b`]);
    const part = (odd: number, list: readonly Fields[]) =>
      sections(list.filter((_, index) => index % 2 === odd));
    return [
      text(
        `${at}/a`,
        { version: 1, ...NAMED, ...said, ...part(0, entries), overrides: part(0, overrides) },
        names,
      ),
      text(`${at}/b`, { ...part(1, entries), overrides: part(1, overrides) }, names),
    ];
  });
}

/** What the files ask for, wherever it stands. */
function askedFor({ config: _config, ...state }: DesiredState): unknown {
  const plain: unknown = JSON.parse(
    JSON.stringify({ ...state, secrets: state.secrets.names }, (key, value: unknown) =>
      key === 'source' ? undefined : value,
    ),
  );
  const { sections: lists } = plain as { sections: Record<string, unknown[]> };
  for (const list of Object.values(lists))
    list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return plain;
}

describe('environments over a base', () => {
  it('ask for what the one file asks for that a person would have written by hand', () => {
    fc.assert(
      fc.property(layers, (all) => {
        const { files, whole } = aimed(all);
        const options = { env: { KEY: 'k-0123456789' } };
        const byHand = parseConfig(
          [{ name: 'one', bytes: new TextEncoder().encode(JSON.stringify(whole)) }],
          options,
        );
        const joined = parseConfig(textsOf(files).reverse(), options);
        const codes = (found: typeof joined) =>
          [...new Set(found.diagnostics.map(({ severity, code }) => `${severity} ${code}`))].sort();
        expect(codes(joined)).toEqual(codes(byHand));
        expect(joined.desired === null).toBe(byHand.desired === null);
        if (!joined.desired || !byHand.desired) return;
        expect(askedFor(joined.desired)).toEqual(askedFor(byHand.desired));
        expect(joined.desired.config.sha256).toBe(byHand.desired.config.sha256);
      }),
      { numRuns: runs(150) },
    );
  });
});
