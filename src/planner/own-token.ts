import type { DesiredState } from '../model/desired.ts';
import { UserError } from '../model/errors.ts';
import { desiredObjects, KINDS, kindNamed } from '../model/kinds/index.ts';
import type { Plan } from '../model/plan.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Diagnostic } from '../model/source.ts';
import { realFields, type Values } from '../model/text.ts';
import { identifying, type Presenter } from './presenter.ts';
import { desiredValues } from './saved-plan/filled-values.ts';

const HINT = 'give the text a value of its own';

/** Every text of the files that holds the token in use: it would be sent to a stranger. Known only once it is in use. */
export function complainOfOwnToken(desired: DesiredState, presenter: Presenter): Diagnostic[] {
  return KINDS.flatMap((kind) =>
    (desiredObjects(kind, desired) ?? []).flatMap((object): Diagnostic[] => {
      const fields = fieldsWithToken({ ...object.fields, ...object.extras }, desired.secrets);
      return fields.map((field) => ({
        severity: 'error',
        code: 'own-credential',
        message: sentence(
          kind.noun.one,
          presenter.key(kind, identifying(presenter.desired(object, kind))),
          field,
        ),
        hint: HINT,
        source: object.source,
      }));
    }),
  );
}

/** @throws {UserError} where a saved plan would send the token in use to a stranger. */
export function checkOwnToken({ changes }: Plan, secrets: SecretBook): void {
  for (const change of changes) {
    const [field] = fieldsWithToken(desiredValues(change, secrets) ?? {}, secrets);
    if (field === undefined) continue;
    const message = sentence(kindNamed(change.kind).noun.one, secrets.mask(change.key), field);
    throw new UserError('own-credential', message, { hint: `${HINT}, and plan again` });
  }
}

function fieldsWithToken(values: Values, secrets: SecretBook): string[] {
  return Object.entries(realFields(values)).flatMap(([field, value]) =>
    typeof value === 'string' && secrets.holdsToken(value) ? field : [],
  );
}

function sentence(noun: string, key: string, field: string): string {
  return `${noun} ${key}: its ${field} holds the token in use, so this text would send it to others`;
}
