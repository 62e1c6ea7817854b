import * as z from 'zod';
import { type LiveOperator, operatorKind } from '../../model/kinds/operator.ts';
import { callsOf } from './collection.ts';
import { id, optionalText } from './values.ts';
import type { WireKind, WireList } from './wire-kind.ts';

/** Grade A. */
const path = '/operators';

/** Grade A for the fields. */
const list: WireList<LiveOperator> = {
  live: operatorKind.list,
  word: 'operators',
  path,
  entry: z
    .object({
      id,
      email: z.string().min(1),
      name: optionalText,
      language: optionalText,
      jobTitle: optionalText,
      role: optionalText,
      image: optionalText,
      lastStatus: optionalText,
      realStatus: optionalText,
      lastLoginAt: optionalText,
      lastActivityAt: optionalText,
      deactivated: z.unknown().optional(),
    })
    // Grade D: whatever else may stand there says nothing.
    .transform(({ deactivated, ...operator }) =>
      deactivated === true ? { ...operator, deactivated } : operator,
    ),
  neverEmpty: 'the answer has no operators at all, but an account always has its owner',
};

const writable = Object.keys(operatorKind.fields);
/** An empty text empties them: grade D. */
const { clearable } = operatorKind;

/** Creating, updating and deleting: grade C. */
export const operatorOnTheWire = {
  list,
  clearable,
  ...callsOf({ path, writable, clearable }),
} satisfies WireKind;
