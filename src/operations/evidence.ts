import { createHash } from 'node:crypto';
import type { Findings } from '../chaport/doctor/findings.ts';
import { DEFAULT_READING, FACT_IDS, type FactId, factNamed } from '../chaport/facts/index.ts';
import { EVIDENCE_FORMAT, type Evidence, type FactSeen } from '../model/evidence.ts';
import { VERSION } from '../model/version.ts';

const UNSEEN = {
  reading: 'nothing there that shows it',
  probes: '--write-probes may show it',
  person: '--write-probes --operator EMAIL may show it',
  toggle: '--write-probes --operator EMAIL --status may show it',
  nothing: 'no call that is allowed shows it',
} as const;

export function makeEvidence(
  findings: Findings,
  { baseUrl, ids, now }: { baseUrl: string; ids: readonly string[]; now: number },
): Evidence {
  return {
    formatVersion: EVIDENCE_FORMAT,
    tool: `chaportctl ${VERSION}`,
    createdAt: new Date(now).toISOString(),
    account: accountHash(baseUrl, ids),
    facts: FACT_IDS.map((id) => factSeen(id, findings)),
  };
}

/** The same for the same account, and tells nobody which one it is. */
export function accountHash(baseUrl: string, ids: readonly string[]): string | null {
  const [smallest] = [...ids].sort();
  if (smallest === undefined) return null;
  return `sha256:${createHash('sha256').update(`${baseUrl}\n${smallest}`).digest('hex')}`;
}

function factSeen(id: FactId, findings: Findings): FactSeen {
  const { grade, sentence, check, variants } = factNamed(id);
  const found = findings.of(id);
  const fact = { id, grade, sentence };
  if (found === undefined) return { ...fact, verdict: 'not seen', seen: UNSEEN[check] };
  if (found.reading === DEFAULT_READING) return { ...fact, verdict: 'holds', seen: found.seen };
  const { says = '', tolerated = false } = variants[found.reading] ?? {};
  return {
    ...fact,
    verdict: 'differs',
    reading: found.reading,
    tolerated,
    seen: `${says} (${found.seen})`,
  };
}
