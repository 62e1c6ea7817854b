import type { SinceThen } from '../../model/drift.ts';
import type { Plan } from '../../model/plan.ts';
import { escapeForTerminal } from '../escape.ts';
import { peopleIn } from '../people.ts';
import { wrapWords } from '../width.ts';
import { driftSentence, LEFT_THE_FILES, NEW_SINCE_THEN } from '../wording.ts';
import type { Layout } from './style.ts';
import { objectLines, unmanagedLines } from './unmanaged.ts';

/** What became of the account since an apply; nothing where nothing did. */
export function sinceBlocks(since: SinceThen | null, { changes }: Plan, layout: Layout): string[][] {
  if (since === null) return [];
  const { drift, leavers, newcomers } = since;
  const { heading } = layout.styles;
  return [
    drift === null
      ? []
      : [
          ...wrapWords(escapeForTerminal(driftSentence(drift)), layout.width).map(layout.styles.warning),
          ...objectLines(drift.concerns, peopleIn(changes), layout),
        ],
    leavers.length === 0
      ? []
      : [heading(LEFT_THE_FILES), ...unmanagedLines(leavers, layout, ({ still }) => [String(still)])],
    newcomers.length === 0 ? [] : [heading(NEW_SINCE_THEN), ...unmanagedLines(newcomers, layout)],
  ];
}
