/** An entry of `operators` or `webhooks` as it is written, in the order of its keys. */
export interface Entry {
  keys: { [key: string]: unknown };
  /** What the file cannot say about it; lines above the entry. */
  notes: string[];
  /** Its id and the like; stands behind the first key. */
  remark?: string;
  /** Ids by event, where they are too many for the remark. */
  eventIds?: string[];
}

/** A live object that a file cannot hold. Texts are safe to show. */
export interface LeftOut {
  what: string;
  why: string;
}

export interface Described {
  entries: Entry[];
  leftOut: LeftOut[];
}
