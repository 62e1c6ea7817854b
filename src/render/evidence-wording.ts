import type { Evidence, FactSeen } from '../model/evidence.ts';
import { count } from './wording.ts';

/** A difference that the program does not cope with. */
export function isFatal({ verdict, tolerated }: FactSeen): boolean {
  return verdict === 'differs' && tolerated !== true;
}

/** How the facts stand in order, for people. */
export const EVIDENCE_GROUPS = [
  { title: 'Differs, and the program does not cope with it', has: isFatal, isBrief: false },
  {
    title: 'Differs, and the program copes with it',
    has: (fact: FactSeen) => fact.verdict === 'differs' && !isFatal(fact),
    isBrief: false,
  },
  { title: 'Holds', has: ({ verdict }: FactSeen) => verdict === 'holds', isBrief: false },
  { title: 'Not seen', has: ({ verdict }: FactSeen) => verdict === 'not seen', isBrief: true },
] as const;

export function evidenceSummary({ facts }: Evidence): string {
  const of = (has: (fact: FactSeen) => boolean) => facts.filter(has).length;
  const holding = of(({ verdict }) => verdict === 'holds');
  const differing = of(({ verdict }) => verdict === 'differs');
  const unseen = of(({ verdict }) => verdict === 'not seen');
  const fatal = of(isFatal);
  const coped = fatal === 0 ? '' : `, ${fatal} of them not tolerated`;
  return `${count(facts.length, { one: 'fact', many: 'facts' })}: ${holding} hold, ${differing} differ${coped}, ${unseen} not seen.`;
}
