/*
 * The stable, machine-readable names of what is said. They are public interface: a program may ask for them,
 * so none is ever given another meaning.
 */

/** What a plan warns of. */
export const WARNING_CODES = [
  'duplicate-subscription',
  'fixed-role',
  'look-alike',
  'moved-already',
  'moved-from-missing',
  'owner-unknown',
  'prune-without-section',
  'status-until-past',
  'status-without-operator',
  'target-matches-nothing',
] as const;
/** Those that name a field or a kind follow from the kinds. */
export type WarningCode =
  | (typeof WARNING_CODES)[number]
  | `fixed-${string}`
  | `${string}-until-past`
  | `${string}-without-${string}`;

/** Why a plan may be read, but not applied. */
export const REFUSAL_CODES = ['max-deletes', 'min-admins', 'owner', 'protect'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
