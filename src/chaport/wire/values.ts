import * as z from 'zod';

/** Opaque (A), but for what a path would take for a folder. */
export const id = z
  .string()
  .min(1)
  .regex(/^(?!\.{1,2}$)/, 'is no id');

/** A text field that the account may leave empty. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === '' ? null : text));
