import type { FaultKind } from './faults.ts';

/** One request that the simulator received, in the order of arrival. */
export interface RequestRecord {
  /** Counts from 1. */
  number: number;
  method: string;
  /** Below the API's base URL, without the query: `/operators`. The same through Membrane. */
  path: string;
  /** The request target as it was sent. */
  url: string;
  via: 'chaport' | 'membrane';
  headers: Record<string, string>;
  /** Parsed where it is JSON, the text where it is not, `undefined` where there is none. */
  body: unknown;
  at: Date;
  /** Whether it was carried out or refused by the rules; `false` where a fault struck before that. */
  handled: boolean;
  /** The status that was sent; `null` until then, and for ever where no answer was sent. */
  status: number | null;
  /** The fault that struck. */
  fault?: FaultKind;
}
