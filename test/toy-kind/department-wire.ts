import * as z from 'zod';
import { callsOf } from '../../src/chaport/wire/collection.ts';
import { id } from '../../src/chaport/wire/values.ts';
import type { WireKind } from '../../src/chaport/wire/wire-kind.ts';
import type { Fields } from '../../src/model/json.ts';
import { departmentKind, type LiveDepartment, SEPARATOR } from './department.ts';

const path = '/departments';
const { list: live, clearable } = departmentKind;
const entry: z.ZodType<LiveDepartment> = z
  .object({ id, name: z.string().min(1), members: z.array(z.string()) })
  .transform(({ members, ...rest }) => ({ ...rest, members: members.join(SEPARATOR) }));
const calls = callsOf({ path, writable: Object.keys(departmentKind.fields), clearable });

export const departmentOnTheWire: WireKind = {
  list: { live, word: 'departments', path, entry },
  clearable,
  ...calls,
  create: (fields) => withList(calls.create(fields)),
  update: (departmentId, fields) => withList(calls.update(departmentId, fields)),
};

/** The API has the members as a list. */
function withList<Call extends { body?: unknown }>(call: Call): Call {
  const { members, ...rest } = call.body as Fields;
  return { ...call, body: { ...rest, ...(members ? { members: String(members).split(SEPARATOR) } : {}) } };
}
