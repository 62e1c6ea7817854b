import type { DesiredState } from '../model/desired.ts';
import type { Fields, FieldValue } from '../model/json.ts';
import { KINDS } from '../model/kinds.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import { secretNamesIn } from '../model/secrets.ts';
import { hostOf } from '../model/urls.ts';

/** Turns real values into what a plan may hold: no secret, and no credential that only the live account knows. */
export interface Presenter {
  text(value: string): string;
  /** A sentence that may name the host of a URL. */
  effect(sentence: string): string;
  fields(kind: ResourceKind, fields: Fields): Fields;
  key(kind: ResourceKind, fields: Fields): string;
  /** The fields that are not shown as they are because of a secret, and whether each can be had back from what is shown. */
  secretFields(kind: ResourceKind, fields: Fields): { field: string; isRevealed: boolean }[];
}

export function createPresenter(desired: DesiredState): Presenter {
  const { secrets } = desired;
  const known = textsOfFile(desired);
  const hosts = hostsFromSecrets(known, desired);
  // What the file itself says is shown as it is written there.
  const mayBeShown = (value: string, hidden: string) => (known.has(value) ? value : hidden);
  const show = (value: string, hidden: string) => {
    const shown = mayBeShown(value, hidden);
    return shown === value ? secrets.conceal(value) : secrets.mask(hidden);
  };
  const isWord = (kind: ResourceKind, field: string, value: string) =>
    kind.words[field]?.includes(value) ?? false;
  const showField = (kind: ResourceKind, field: string, value: FieldValue, hidden: FieldValue | undefined) =>
    typeof value !== 'string' || isWord(kind, field, value) ? value : show(value, String(hidden));
  const isRevealed = (shown: string, real: string) => {
    try {
      return secrets.isTemplated(real) || secrets.reveal(shown) === real;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };

  return {
    text: (value) => secrets.conceal(value),
    effect: (sentence) =>
      [...hosts].reduce(
        (text, [host, written]) => text.replaceAll(host, () => written),
        secrets.mask(sentence),
      ),
    fields: (kind, fields) => {
      const hidden = kind.hideCredentials(fields);
      return Object.fromEntries(
        Object.entries(fields).map(([field, value]) => [field, showField(kind, field, value, hidden[field])]),
      );
    },
    key: (kind, fields) => {
      const hidden = kind.keyParts(kind.hideCredentials(fields));
      return kind
        .keyParts(fields)
        .map((part, index) => show(part, hidden[index] ?? ''))
        .join(' ');
    },
    secretFields: (kind, fields) => {
      const hidden = kind.hideCredentials(fields);
      return Object.entries(fields).flatMap(([field, value]) => {
        if (typeof value !== 'string') return [];
        const shown = String(showField(kind, field, value, hidden[field]));
        const isSecret = shown !== mayBeShown(value, String(hidden[field]));
        return isSecret ? { field, isRevealed: isRevealed(shown, value) } : [];
      });
    },
  };
}

function textsOfFile(desired: DesiredState): Set<string> {
  const known = new Set<string>();
  for (const kind of KINDS) {
    for (const { fields, previous } of kind.wanted(desired) ?? []) {
      for (const value of [...Object.values(fields), ...Object.values(previous?.fields ?? {})]) {
        if (typeof value === 'string') known.add(value);
      }
    }
  }
  return known;
}

/** A host that comes from a secret is no longer spelled as the secret is: host names have no capitals. */
function hostsFromSecrets(texts: Iterable<string>, { secrets }: DesiredState): Map<string, string> {
  const hosts = new Map<string, string>();
  for (const text of texts) {
    if (!secrets.isTemplated(text) || !URL.canParse(text)) continue;
    const template = secrets.conceal(text);
    const authority = /^[^/]*\/\/([^/?#]*)/.exec(template)?.[1] ?? template;
    const written = authority.slice(authority.lastIndexOf('@') + 1);
    if (secretNamesIn(written).length > 0) hosts.set(hostOf(text), written);
  }
  return hosts;
}
