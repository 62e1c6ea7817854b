import type { Evidence } from '../../model/evidence.ts';
import { EVIDENCE_GROUPS, evidenceSummary } from '../evidence-wording.ts';
import { code, prose } from './inline.ts';

/** Evidence for an issue. */
export function renderEvidenceMarkdown(evidence: Evidence): string {
  const tables = EVIDENCE_GROUPS.flatMap(({ title, has }) => {
    const facts = evidence.facts.filter(has);
    if (facts.length === 0) return [];
    const rows = facts.map(
      ({ id, grade, sentence, seen }) => `| ${code(id)} | ${grade} | ${prose(sentence)} | ${prose(seen)} |`,
    );
    return [
      '',
      `### ${title}`,
      '',
      '| Fact | Grade | Believed | Seen |',
      '| --- | --- | --- | --- |',
      ...rows,
    ];
  });
  return `## What the API showed\n\n${prose(evidence.tool)}, ${code(evidence.createdAt)}. ${evidenceSummary(evidence)}\n${tables.join('\n')}\n`;
}
