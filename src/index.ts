/**
 * chaportctl as a library: what the program does, without its command line. Nothing here ends the
 * process, prints, or reads environment variables: what they hold is passed in.
 * @module
 */

export type {
  CallResult,
  CallSignals,
  ChaportReader,
  ChaportWriter,
  RequestEvent,
} from './chaport/client.ts';
export type { Acted, ChaportErrorCode } from './chaport/errors.ts';
export { ChaportError } from './chaport/errors.ts';
export type { ConfigText } from './config/source/config-text.ts';
export type { ProgressListener } from './executor/progress.ts';
export type { Adopted, AdoptedFile } from './export/adopt.ts';
export type { ExportedAccount } from './export/export-account.ts';
export { ownerCandidates } from './export/owner.ts';
export type { SecretToSet } from './export/url-secrets.ts';
export type * from './model/desired.ts';
export { type Drift, isOfTheSameFiles, type SinceThen } from './model/drift.ts';
export { DiagnosticsError, type Difference, RefusedError, UserError } from './model/errors.ts';
export type { Evidence, FactSeen, Verdict } from './model/evidence.ts';
export type { Fields, FieldValue } from './model/json.ts';
export type * from './model/live.ts';
export type * from './model/plan.ts';
export { comparePlans, type PlanComparison } from './model/plan-comparison.ts';
export type * from './model/report.ts';
export type * from './model/rota/document.ts';
export type { SecretBook } from './model/secrets.ts';
export type { Diagnostic, Severity, Source } from './model/source.ts';
export { type ApplyingOptions, apply } from './operations/apply.ts';
export { ApplyRecord } from './operations/apply-record.ts';
export {
  type Account,
  type ConnectionOptions,
  type ConnectOptions,
  connect,
  type DirectAccess,
  type MembraneAccess,
} from './operations/connect.ts';
export { DEFAULTS, type Environment } from './operations/defaults.ts';
export { type DoctorOptions, doctor, type Examination, type WriteProbes } from './operations/doctor.ts';
export { driftSince, tellSince } from './operations/drift.ts';
export {
  type AdoptingOptions,
  adopt,
  type ExportingOptions,
  exportAccount,
  readWholeAccount,
} from './operations/export.ts';
export { parseEvidence } from './operations/judge-by-evidence.ts';
export { type LoadConfigOptions, type LoadedConfig, loadConfig } from './operations/load.ts';
export { type LiveAccount, type PlanningOptions, plan, readAccount } from './operations/plan.ts';
export type { RunOptions } from './operations/run-options.ts';
export { parsePlanOrReport } from './operations/saved-documents.ts';
export {
  type ApplyingSavedOptions,
  applySavedPlan,
  checkSavedPlan,
  parseExpectedPlan,
  parsePlan,
  parseSavedPlan,
  type SavedPlan,
  type SavedPlanOptions,
} from './operations/saved-plan.ts';
export { parseReport } from './operations/saved-report.ts';
export {
  compareShifts,
  type ShiftsOptions,
  type ShiftsOverview,
  showShifts,
} from './operations/shifts.ts';
export { type RenderOptions, render } from './render/render.ts';
