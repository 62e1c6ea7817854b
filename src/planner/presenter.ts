import type { DesiredObject, DesiredState } from '../model/desired.ts';
import type { Fields } from '../model/json.ts';
import { desiredObjects, KINDS, type Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realFields, realOf, type Text, type Values, WrittenText } from '../model/text.ts';

/** Turns what the account says into what a plan may show: no secret, and no credential that only the account knows. */
export interface Presenter {
  /** The desired object, in which a secret that stands there without its name has its name again. */
  desired(object: DesiredObject, kind: Kind): DesiredObject;
  /** The live object with texts that know how they are shown. */
  object(kind: Kind, live: LiveObject): LiveObject;
  /** The same of one that the files have, but for the spelling: nothing is hidden but secrets. */
  familiar(kind: Kind, live: LiveObject): LiveObject;
  /** A text of the command line or the account. */
  text(text: Text): string;
  /** What identifies an object, as it is shown. */
  key(kind: Kind, fields: Values): string;
}

/** The fields that an entry is known by. */
export function identifying({ identity, fields }: DesiredObject): Values {
  return identity ?? fields;
}

export function createPresenter(desired: DesiredState): Presenter {
  const { secrets } = desired;
  const conceal = (text: string) => secrets.conceal(text);
  const present = (object: DesiredObject, kind: Kind): DesiredObject => ({
    ...object,
    fields: named(kind, object.fields, secrets),
    ...(object.identity ? { identity: named(kind, object.identity, secrets) } : {}),
    ...(object.previous
      ? { previous: { ...object.previous, fields: named(kind, object.previous.fields, secrets) } }
      : {}),
  });
  const written = textsOfFiles(desired, present);
  const show = (real: string, hidden: string) => {
    const known = written.get(real);
    // What the files say themselves is shown as it is written there.
    if (known !== undefined) return known;
    const shown = conceal(hidden);
    return shown === real ? real : new WrittenText(real, shown, []);
  };
  return {
    desired: present,
    object: (kind, live) => {
      const real = realFields(live.fields);
      const hidden = kind.hideCredentials(real);
      const fields = Object.entries(real).map(([field, value]) => {
        const isText = typeof value === 'string' && kind.fields[field] !== 'word';
        return [field, isText ? show(value, String(hidden[field])) : value] as const;
      });
      return { ...live, fields: Object.fromEntries(fields), readOnly: concealed(live.readOnly, conceal) };
    },
    familiar: (kind, live) => ({ ...live, fields: named(kind, realFields(live.fields), secrets) }),
    text: (text) => (text instanceof WrittenText ? text.shown : conceal(text)),
    key: (kind, fields) => kind.keyParts(fields).map(String).join(' '),
  };
}

function concealed(fields: Fields, conceal: (text: string) => string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      typeof value === 'string' ? conceal(value) : value,
    ]),
  );
}

/** A secret that was written out is no less secret. */
function named(kind: Kind, fields: Values, secrets: SecretBook): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      if (typeof value !== 'string' || kind.fields[field] === 'word') return [field, value];
      const shown = secrets.conceal(value);
      return [field, shown === value ? value : asWritten(value, shown, secrets)];
    }),
  );
}

/** Without the names of its secrets where what is shown does not lead back to it: then it can not be planned. */
function asWritten(real: string, shown: string, secrets: SecretBook): WrittenText {
  const filled = secrets.fill(shown);
  return filled.real === real ? filled : new WrittenText(real, shown, []);
}

/** Every text that the files give to an object, by what it is. */
function textsOfFiles(desired: DesiredState, present: Presenter['desired']): Map<string, Text> {
  const texts = new Map<string, Text>();
  for (const kind of KINDS) {
    for (const object of desiredObjects(kind, desired) ?? []) {
      const { fields, previous } = present(object, kind);
      for (const [field, value] of [...Object.entries(previous?.fields ?? {}), ...Object.entries(fields)]) {
        const isText = typeof value === 'string' || value instanceof WrittenText;
        if (isText && kind.fields[field] !== 'word') texts.set(realOf(value), value);
      }
    }
  }
  return texts;
}
