/** What is said of a fact. */
export const VERDICTS = ['holds', 'differs', 'not seen'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const EVIDENCE_FORMAT = '1';

/** What an account showed of one fact about the API. */
export interface FactSeen {
  id: string;
  /** How well it was known before. */
  grade: 'A' | 'B' | 'C' | 'D';
  /** What the program believes. */
  sentence: string;
  verdict: Verdict;
  /** Which other way it is, by its name, where it differs. */
  reading?: string;
  /** The program copes with it, where it differs. */
  tolerated?: boolean;
  /** Shapes, types and counts. */
  seen: string;
}

/** What `doctor` saw. It holds no value of the account. */
export interface Evidence {
  formatVersion: typeof EVIDENCE_FORMAT;
  tool: string;
  createdAt: string;
  /** A hash of the base URL and the smallest id of an operator; `null` where no operators were read. */
  account: string | null;
  facts: FactSeen[];
}
