/**
 * An operator as the account has it (grade A for the fields, chaport-api). Empty or missing
 * text fields are `null`. `lastStatus` is what was last set; `realStatus` what visitors see.
 */
export interface LiveOperator {
  id: string;
  email: string;
  name: string | null;
  language: string | null;
  jobTitle: string | null;
  role: string | null;
  image: string | null;
  lastStatus: string | null;
  realStatus: string | null;
  lastLoginAt: string | null;
  lastActivityAt: string | null;
}

/** One event to one URL (grade B). A missing `essential` is `false`. */
export interface LiveWebhook {
  id: string;
  event: string;
  targetUrl: string;
  essential: boolean;
}

/** What was read of the account; `null` is a list that nobody needed and that was not read. */
export interface LiveState {
  operators: LiveOperator[] | null;
  webhooks: LiveWebhook[] | null;
}

/** The lists that a desired state needs to be planned. */
export interface NeededLists {
  operators: boolean;
  webhooks: boolean;
}
