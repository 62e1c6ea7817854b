export type { LeftOut } from '../model/written-entry.ts';
export { type Adopted, type AdoptedFile, type AdoptOptions, adoptUnmanaged } from './adopt.ts';
export {
  DEFAULT_EXPORT_KINDS,
  type ExportedAccount,
  type ExportOptions,
  exportAccount,
} from './export-account.ts';
export { findLogin, ownerCandidates } from './owner.ts';
export {
  parseStaffList,
  type StaffList,
  type StaffListOptions,
  type StaffMember,
} from './staff-list/parse.ts';
export { type StarterOptions, starterFile } from './starter.ts';
export type { SecretToSet } from './url-secrets.ts';
