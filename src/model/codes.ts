/*
 * The stable, machine-readable names of what is said. They are public interface: a program may ask for them,
 * so none is ever given another meaning.
 */

/** What is complained of in files, by themselves or beside the live account. */
export const DIAGNOSTIC_CODES = [
  'absent-moved',
  'alias-bomb',
  'backwards-range',
  'bad-glob',
  'bad-merge',
  'bad-reference',
  'conflicting-keys',
  'coverage-gap',
  'csv-syntax',
  'curly-quotes',
  'cut-off-text',
  'duplicate-key',
  'duplicate-operator',
  'duplicate-override',
  'duplicate-webhook',
  'empty-file',
  'empty-value',
  'extra-cell',
  'file-too-large',
  'idle-coverage',
  'include-circle',
  'indentation',
  'internal',
  'invalid-key',
  'invalid-seed',
  'invalid-value',
  'live-duplicate',
  'lost-text',
  'missing-column',
  'missing-dash',
  'missing-file',
  'missing-key',
  'missing-name',
  'missing-quotes',
  'missing-secret',
  'missing-space',
  'missing-variable',
  'moved-both-live',
  'moved-from-listed',
  'moved-from-self',
  'moved-from-twice',
  'no-files',
  'no-rows',
  'no-yaml-files',
  'not-a-configuration',
  'not-a-text',
  'not-utf-8',
  'nothing-to-override',
  'odd-address',
  'odd-language',
  'odd-space',
  'omit-with-others',
  'own-credential',
  'owner-absent',
  'owner-demoted',
  'recursive-alias',
  'repeated-column',
  'repeated-event',
  'repeated-section',
  'required-version',
  'second-key',
  'secret-and-env',
  'several-documents',
  'several-in-one',
  'shared-override',
  'shift-in-gap',
  'short-secret',
  'short-ttl',
  'status-and-shift',
  'swap-already-in',
  'swap-not-in',
  'swap-not-on',
  'swap-off',
  'tab-indentation',
  'too-deep',
  'too-long',
  'too-many-complaints',
  'ttl-and-until',
  'unclosed',
  'unknown-anchor',
  'unknown-event',
  'unknown-key',
  'unknown-person',
  'unknown-shift',
  'unknown-status',
  'unreadable-file',
  'unsendable-secret',
  'unsupported-tag',
  'who-and-rotate',
  'wrong-type',
  'wrong-word',
  'yaml-syntax',
  'yaml-version',
] as const;
/** Those of what is described twice follow from the kinds. */
export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number] | `duplicate-${string}`;

/** A field that creating may need: there is a code for an entry without it. */
export type NeededField = DiagnosticCode extends infer Code
  ? Code extends `missing-${infer Field}`
    ? Field
    : never
  : never;

/** What a plan warns of. */
export const WARNING_CODES = [
  'deactivated',
  'differs-in-key',
  'duplicate-subscription',
  'evidence-of-another-account',
  'evidence-old',
  'fact-differs',
  'fixed-role',
  'idle-glob',
  'look-alike',
  'looks-renamed',
  'moved-already',
  'moved-from-missing',
  'not-online',
  'owner-unknown',
  'prune-without-section',
  'secret-without-fingerprint',
  'several-in-one',
  'shift-in-gap',
  'status-until-past',
  'status-without-operator',
  'unmanaged',
] as const;
/** Those that name a field or a kind follow from the kinds. */
export type WarningCode =
  | (typeof WARNING_CODES)[number]
  | `fixed-${string}`
  | `${string}-until-past`
  | `${string}-without-${string}`;

/** Why a plan may be read, but not applied. */
export const REFUSAL_CODES = [
  'fact-differs',
  'looks-renamed',
  'max-deletes',
  'min-admins',
  'owner',
  'protect',
  'unmanaged',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
