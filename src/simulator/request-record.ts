import type { ApiCall } from './calls.ts';
import type { FaultKind } from './fault-kinds.ts';

/** One request that the simulator received, in the order of arrival. */
export interface RequestRecord {
  /** Counts from 1. */
  number: number;
  method: string;
  /** Below the API's base URL, without the query: `/operators`. The same through Membrane. */
  path: string;
  /** The call of the API that it is; `null` where the API has none like it. */
  call: ApiCall | null;
  /** The request target as it was sent. */
  url: string;
  via: 'chaport' | 'membrane';
  headers: Record<string, string>;
  /** Parsed where it is JSON, the text where it is not, `undefined` where there is none. */
  body: unknown;
  /** When it had begun to arrive, by the account's clock. */
  at: Date;
  /** When its answer went out; `null` until then, and for ever where no answer was sent. */
  answeredAt: Date | null;
  /** Whether it was carried out or refused by the rules; `false` where a fault struck before that. */
  handled: boolean;
  /** What the account did after the answer: when, and the status that this would have been answered with. */
  late?: { at: Date; status: number };
  /** The status that was sent; `null` until then, and for ever where no answer was sent. */
  status: number | null;
  /** The fault that struck. */
  fault?: FaultKind;
}
