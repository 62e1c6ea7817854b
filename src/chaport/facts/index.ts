import { DEFAULT_READING, type Fact } from './fact.ts';
import { PEOPLE_FACTS } from './people-facts.ts';
import { SUBSCRIPTION_FACTS } from './subscription-facts.ts';
import { TRANSPORT_FACTS } from './transport-facts.ts';

export { DEFAULT_READING, type Fact, type Grade, type ShownBy } from './fact.ts';

/** All that the program believes of the API, each fact once. */
export const FACTS = { ...TRANSPORT_FACTS, ...PEOPLE_FACTS, ...SUBSCRIPTION_FACTS } as const;

export type FactId = keyof typeof FACTS;

/** The name of a reading of a fact; `default` is the one that its sentence tells. */
export type ReadingOf<Id extends FactId> =
  | typeof DEFAULT_READING
  | Extract<keyof (typeof FACTS)[Id]['variants'], string>;

export const FACT_IDS = Object.keys(FACTS) as FactId[];

export function factNamed(id: FactId): Fact {
  return FACTS[id];
}

/** A reading as a sentence. */
export function sentenceOf<Id extends FactId>(id: Id, reading: ReadingOf<Id>): string {
  const { sentence, variants } = factNamed(id);
  return reading === DEFAULT_READING ? sentence : (variants[reading]?.says ?? sentence);
}

/** What shows a fact, for people. */
export const CHECKED_BY = {
  reading: '`doctor`',
  probes: '`doctor --write-probes`',
  person: '`--operator EMAIL`',
  toggle: '`--status`',
  nothing: 'nothing that is allowed',
} as const satisfies Record<Fact['check'], string>;
