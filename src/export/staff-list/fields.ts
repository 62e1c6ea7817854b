import { KIND_NAMES } from '../../model/kinds/names.ts';

/** Whose kind has a column beside the people's own. */
export const [, STATUS] = KIND_NAMES;

/**
 * What a staff list may say of a person, in the order of the file's keys. They stand here by themselves, since the
 * command line must know them at every start.
 */
export const FIELDS = ['email', 'name', 'jobTitle', 'role', 'language', 'image', STATUS] as const;
export type Field = (typeof FIELDS)[number];

/** What `--column` may name. */
export const NAMEABLE = [...FIELDS, 'firstName', 'lastName'] as const;
export type NameableColumn = (typeof NAMEABLE)[number];

/** `--column FIELD=HEADER`. */
export interface NamedColumn {
  column: NameableColumn;
  heading: string;
}
