export { type Adopted, type AdoptedFile, type AdoptOptions, adoptUnmanaged } from './adopt.ts';
export type { LeftOut } from './entry.ts';
export {
  DEFAULT_EXPORT_KINDS,
  type ExportedAccount,
  type ExportOptions,
  exportAccount,
  ownerCandidates,
} from './export-account.ts';
export { parseStaffList, type StaffList, type StaffMember } from './staff-list.ts';
export { type StarterOptions, starterFile } from './starter.ts';
export type { SecretToSet } from './url-secrets.ts';
