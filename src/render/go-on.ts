import type { ApplyReport } from '../model/report.ts';

/** The commands that go on after an apply that did not end as planned, as they are pasted into a shell. */
export interface GoOn {
  /** Shows what is left, and changes nothing. */
  look: string;
  /** Does what is left. */
  apply: string;
}

/** A sentence, and what is to be copied. */
export interface Advice {
  text: string;
  command?: string;
}

/** How to go on; nothing where nothing is left. What may come about yet is looked at first: a second one would be one too many. */
export function adviceFor(report: ApplyReport, goOn: GoOn | null): Advice[] {
  const { converged, remaining, remainingDigest, summary } = report;
  if (converged) return [];
  const digest: Advice[] =
    typeof remainingDigest === 'string'
      ? [{ text: 'Digest of what is left:', command: remainingDigest }]
      : [];
  if (summary.unknown > 0) {
    const look = 'What is unknown may come about yet, so look again in a minute, before anything is applied';
    if (!goOn) return [...digest, { text: `${look}.` }];
    return [
      ...digest,
      { text: `${look}:`, command: goOn.look },
      { text: 'If it is still left then, this goes on from here:', command: goOn.apply },
    ];
  }
  const isKnown = remainingDigest !== undefined && report.interrupted === undefined;
  if (isKnown && remaining.length === 0) return [];
  if (!goOn) return [...digest, { text: 'Running the same command again goes on from here.' }];
  return [...digest, { text: 'To go on from here:', command: goOn.apply }];
}

/** How far an apply came that left something undone; `null` for any other. */
export function haltIn({ interrupted, changes, summary, converged }: ApplyReport): string | null {
  const notBegun = changes.filter(({ outcome, attempts }) => outcome === 'skipped' && attempts === 0).length;
  if (interrupted === undefined && (converged || notBegun === 0)) return null;
  const others = changes.length - summary.applied - notBegun;
  const rest = others === 0 ? '' : `, and ${others} failed or ${others === 1 ? 'is' : 'are'} unknown`;
  const done = `Of ${changes.length} changes: ${summary.applied} done, ${notBegun} not begun${rest}.`;
  return interrupted === undefined
    ? done
    : `Interrupted by ${interrupted}: no new call was started after it. ${done}`;
}
