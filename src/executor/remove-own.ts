import type { ChaportError } from '../chaport/errors.ts';
import type { LiveObject } from '../model/live.ts';
import type { Entry } from './entry.ts';
import type { Reading } from './readings.ts';
import { asChaportError, type Run } from './run.ts';

/**
 * Removes an object that this run was given the id of, as long as it is what it was when that was decided.
 * @returns why it is still there; `null` where it is gone.
 */
export async function removeOwn(entry: Entry, decidedOn: LiveObject, run: Run): Promise<string | null> {
  const { kind } = entry;
  const { readings, writer, signals } = run;
  const id = decidedOn.id;
  let waitedFor: Reading | undefined;
  let trouble: ChaportError | undefined;
  let isChanged = false;
  const turn = {
    prepare: async () => {
      try {
        waitedFor = await readings.fresh(kind.list);
      } catch (error) {
        trouble = asChaportError(error);
      }
    },
    take: () => {
      const reading = readings.serving(kind.list, waitedFor);
      if (!reading && !trouble) return 'not-yet';
      const object = reading?.byId(kind, id);
      isChanged = object !== undefined && !isAsIt(kind, object, decidedOn);
      return trouble || !object || isChanged ? 'no-more' : {};
    },
  } as const;
  try {
    await writer.delete(kind.name, id, signals, turn);
  } catch (error) {
    return asChaportError(error).message;
  }
  if (trouble) return trouble.message;
  return isChanged ? 'somebody has changed it since' : null;
}

function isAsIt({ fields }: Entry['kind'], one: LiveObject, other: LiveObject): boolean {
  return Object.keys(fields).every((path) => (one.fields[path] ?? null) === (other.fields[path] ?? null));
}
