import type { Fields } from '../../model/json.ts';
import { KINDS, kindNamed } from '../../model/kinds/index.ts';
import type { NeededLists } from '../../model/live.ts';
import type { Plan, PlannedChange } from '../../model/plan.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { realFields, secretNamesIn, type Values, WrittenText } from '../../model/text.ts';

/** The lists that the objects of a plan are in, and the people, by whom the account is known again. */
export function listsOfPlan({ changes }: Plan): NeededLists {
  const people = KINDS.filter(({ isAdmin }) => isAdmin !== undefined);
  return new Set([...changes.map(({ kind }) => kindNamed(kind)), ...people].map(({ list }) => list));
}

/** The secrets that the changes of a plan need. */
export function secretsOfPlan({ changes }: Pick<Plan, 'changes'>): string[] {
  const names = changes.flatMap(({ before, after, secretFields = [], secretFieldsBefore = [] }) => [
    ...secretFields.flatMap((field) => secretNamesIn(String(after?.[field]))),
    ...secretFieldsBefore.flatMap((field) => secretNamesIn(String(before?.[field]))),
  ]);
  return [...new Set(names)].sort();
}

/** What a change wants to be there, every secret in its place, in the spelling that is compared and sent. */
export function desiredValues(change: PlannedChange, secrets: SecretBook): Values | null {
  const { after, secretFields = [] } = change;
  return after && filled(change, after, secretFields, secrets);
}

/** What the plan saw, as far as it shows that. */
export function seenValues(change: PlannedChange, secrets: SecretBook): Values | null {
  const { before, secretFieldsBefore = [] } = change;
  return before && filled(change, before, secretFieldsBefore, secrets);
}

function filled(
  { kind }: PlannedChange,
  fields: Fields,
  secretFields: readonly string[],
  secrets: SecretBook,
): Values {
  const values: Values = { ...fields };
  for (const field of secretFields) values[field] = secrets.fill(String(fields[field]));
  const normal = kindNamed(kind).normalise(realFields(values));
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      const real = normal[field] ?? null;
      return [field, value instanceof WrittenText ? value.respelled(() => String(real)) : real];
    }),
  );
}
