import * as z from 'zod';
import { type LiveOperator, operatorKind } from '../../model/kinds/operator.ts';
import { callsOf } from './collection.ts';
import { id, optionalText } from './values.ts';
import type { WireKind, WireList } from './wire-kind.ts';

const path = '/operators';

/** Facts: lists-answer, operator-fields. */
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
    // Facts: deactivated. Whatever else may stand there says nothing.
    .transform(({ deactivated, ...operator }) =>
      deactivated === true ? { ...operator, deactivated } : operator,
    ),
  neverEmpty: 'the answer has no operators at all, but an account always has its owner',
};

const writable = Object.keys(operatorKind.fields);
/** Facts: clearing. An empty text empties them. */
const { clearable } = operatorKind;

export const WRITABLE_OF_OPERATOR: readonly string[] = writable;

/** What is known to be shown: beside those the account's own, which is never sent. Facts: operator-writable. */
export const KNOWN_OF_OPERATOR: readonly string[] = [
  ...writable,
  'id',
  'lastLoginAt',
  'lastActivityAt',
  'lastStatus',
  'realStatus',
  'deactivated',
  'createdAt',
];

/** Facts: operator-calls, put. */
export const operatorOnTheWire = {
  list,
  clearable,
  ...callsOf({ path, writable, clearable }),
} satisfies WireKind;
