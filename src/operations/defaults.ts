/** What holds where nobody says otherwise. */
export const DEFAULTS = {
  baseUrl: 'https://app.chaport.com/api/v1',
  membraneApiUrl: 'https://api.getmembrane.com',
  /** For one request. */
  timeoutSeconds: 30,
  /** Repetitions of a failed request. */
  maxRetries: 5,
  /** Calls under way at once. */
  concurrency: 4,
  /** How long apply waits for what was confirmed, and looks for what may have been done. */
  settleSeconds: 10,
} as const;

export type { Environment } from '../config/values/reference.ts';
