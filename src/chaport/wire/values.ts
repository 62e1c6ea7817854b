import * as z from 'zod';

/** Facts: ids. Opaque, but for what a path would take for a folder or could not hold. */
export const id = z
  .string()
  .min(1)
  .refine((text) => !/^\.{1,2}$/.test(text) && text.isWellFormed(), 'is no id');

/** A text field that the account may leave empty. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === '' ? null : text));
