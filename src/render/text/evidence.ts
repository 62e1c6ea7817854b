import type { Evidence, FactSeen } from '../../model/evidence.ts';
import { EVIDENCE_GROUPS, evidenceSummary, isFatal } from '../evidence-wording.ts';
import { joinBlocks, markedSentence } from './lines.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';

/** Evidence for a person at a terminal: what differs first. */
export function renderEvidenceText(evidence: Evidence, options: TextOptions): string {
  const layout = layoutFor(options);
  const blocks = EVIDENCE_GROUPS.flatMap(({ title, has, isBrief }) => {
    const facts = evidence.facts.filter(has);
    if (facts.length === 0) return [];
    const lines = facts.flatMap((fact) => linesOf(fact, isBrief && !layout.verbose, layout));
    return [[layout.styles.heading(title), ...lines]];
  });
  return joinBlocks([...blocks, [evidenceSummary(evidence)]]);
}

function linesOf(fact: FactSeen, isBrief: boolean, layout: Layout): string[] {
  const head = markedSentence(
    `  ${markOf(fact, layout)}`,
    `${fact.id} (${fact.grade}): ${fact.sentence}.`,
    layout,
  );
  return isBrief ? head : [...head, ...markedSentence('     ', `Seen: ${fact.seen}.`, layout)];
}

function markOf(fact: FactSeen, { styles }: Layout): string {
  if (fact.verdict === 'holds') return styles.good('✓');
  if (fact.verdict === 'not seen') return styles.quiet('?');
  return isFatal(fact) ? styles.error('✗') : styles.warning('~');
}
