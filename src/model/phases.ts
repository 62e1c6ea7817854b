import type { Change } from './change.ts';

/**
 * The order of execution. Changes of one phase are made side by side; the next phase starts when it is done.
 * What is new stands before what it replaces goes, deletes free seats before creates take them, and there are
 * never fewer admins than the plan was checked for.
 */
export const PHASES = ['make', 'alter', 'demote', 'remove', 'add', 'set', 'break'] as const;
export type Phase = (typeof PHASES)[number];

/** What a kind does in a phase. */
export interface PhaseOfKind {
  phase: Phase;
  /** Which changes of the kind belong here; each belongs to exactly one phase. */
  has(change: Change): boolean;
  /** Those that start first within the phase. */
  first?(change: Change): boolean;
  /** Which earlier changes must be seen in the account before this one is made. */
  needs?(change: Change, earlier: Change): boolean;
}

/**
 * The phase of a change.
 * @throws {TypeError} where it has none or several: it would be left out or made twice, in silence.
 */
export function phaseOf(change: Change, phases: readonly PhaseOfKind[]): PhaseOfKind {
  const [phase, ...others] = phases.filter((candidate) => candidate.has(change));
  if (phase && others.length === 0) return phase;
  throw new TypeError(`${change.action} ${change.kind} belongs to ${phase ? 'several phases' : 'no phase'}`);
}
