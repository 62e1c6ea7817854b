import { foldText } from '../addresses.ts';
import { nearestWord } from '../nearest-word.ts';
import { realOf, type Text } from '../text.ts';
import type { EntryComplaint, EntryPlace } from './kind.ts';
import { meantWords } from './words.ts';

/*
 * What may stand in a file, and is mostly a slip: warnings.
 */

/** An address whose domain is no domain of the internet. */
export function oddAddress(email: Text | undefined, place: EntryPlace): EntryComplaint[] {
  const address = email === undefined ? '' : realOf(email);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (email === undefined || domain === '' || domain.includes('.')) return [];
  return [
    {
      severity: 'warning',
      code: 'odd-address',
      message: `the domain ${JSON.stringify(shownOr(email, domain))} has no dot, so mail from outside would not arrive`,
      hint: 'write the whole domain, such as @acme.com',
      place,
    },
  ];
}

function shownOr(email: Text, real: string): string {
  return typeof email === 'string' ? real : String(email);
}

/** The events that are known to deliver (B). */
export const KNOWN_EVENTS = ['chat.started', 'chat.finished'] as const;

/** An event that the account may not have. */
export function oddEvent(event: Text, place: EntryPlace): EntryComplaint[] {
  const name = realOf(event);
  if ((KNOWN_EVENTS as readonly string[]).includes(name)) return [];
  const nearest = nearestWord(name, KNOWN_EVENTS);
  return [
    {
      severity: 'warning',
      code: 'unknown-event',
      message: `the event "${shownOr(event, name)}" is not known to deliver anything`,
      hint: nearest
        ? `did you mean ${nearest}?`
        : `the events that are known: ${KNOWN_EVENTS.join(', ')}; check the name in the Chaport app`,
      place,
    },
  ];
}

/** Names of languages that people write for their tags. */
const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en',
  englisch: 'en',
  anglais: 'en',
  inglés: 'en',
  английский: 'en',
  german: 'de',
  deutsch: 'de',
  allemand: 'de',
  alemán: 'de',
  немецкий: 'de',
  french: 'fr',
  französisch: 'fr',
  français: 'fr',
  francés: 'fr',
  французский: 'fr',
  spanish: 'es',
  spanisch: 'es',
  español: 'es',
  espagnol: 'es',
  испанский: 'es',
  portuguese: 'pt',
  portugiesisch: 'pt',
  português: 'pt',
  portugais: 'pt',
  italian: 'it',
  italienisch: 'it',
  italiano: 'it',
  russian: 'ru',
  russisch: 'ru',
  русский: 'ru',
  russe: 'ru',
  dutch: 'nl',
  niederländisch: 'nl',
  polish: 'pl',
  polnisch: 'pl',
  polski: 'pl',
  ukrainian: 'uk',
  turkish: 'tr',
  türkisch: 'tr',
  türkçe: 'tr',
  japanese: 'ja',
  chinese: 'zh',
};

/** What an editor offers. */
export const COMMON_LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'pt-BR', 'ru', 'tr', 'uk'];

/** A language that is no tag (BCP 47), which the account may not understand. */
export function oddLanguage(language: Text | undefined, place: EntryPlace): EntryComplaint[] {
  if (language === undefined) return [];
  const tag = realOf(language);
  if (isLanguageTag(tag)) return [];
  const dashed = tag.trim().replaceAll('_', '-');
  const meant = LANGUAGES[foldText(tag.trim()).toLowerCase()] ?? (isLanguageTag(dashed) ? dashed : undefined);
  return [
    {
      severity: 'warning',
      code: 'odd-language',
      message: `"${shownOr(language, tag)}" is no language tag`,
      hint: meant ? `write ${meant}` : 'a language is written with its tag, such as en, de or pt-BR',
      ...(meant ? { meant } : {}),
      place,
    },
  ];
}

function isLanguageTag(tag: string): boolean {
  try {
    return /^[a-z]{2,3}(?:-|$)/i.test(tag) && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Shorter than anybody is online on purpose. */
const SHORT_STATUS = 300;

/** `ttl: 8` is eight seconds. */
export function shortStatus(
  seconds: number | null,
  written: Text | number,
  place: EntryPlace,
): EntryComplaint[] {
  if (seconds === null || seconds >= SHORT_STATUS) return [];
  const count = typeof written === 'number' ? String(written) : realOf(written);
  const isBare = /^\d+$/.test(count);
  return [
    {
      severity: 'warning',
      code: 'short-ttl',
      message: `the status would hold for ${seconds === 1 ? 'one second' : `${seconds} seconds`} only`,
      hint: isBare
        ? `a number alone is seconds: write ${count}h for hours, ${count}m for minutes`
        : 'statuses are mostly set for hours: 8h',
      place,
    },
  ];
}

/** A word for a status that is well-formed, and that no known client has. */
export function oddStatus(
  value: Text | undefined,
  known: readonly string[],
  place: EntryPlace,
): EntryComplaint[] {
  const word = value === undefined ? undefined : realOf(value);
  if (value === undefined || word === undefined || known.includes(word)) return [];
  const nearest = nearestWord(word, known);
  return [
    {
      severity: 'warning',
      code: 'unknown-status',
      message: `"${shownOr(value, word)}" is no status that is known`,
      hint: nearest ? `did you mean ${nearest}?` : `known are: ${known.join(', ')}`,
      place,
    },
  ];
}

/** Whether a word may be a status: any plain word, but none that is known to mean another one. */
export function isStatusWord(text: string, known: readonly string[]): boolean {
  if (known.includes(text)) return true;
  return /^[a-z][a-z-]*$/.test(text) && !meantWords(text).some((word) => known.includes(word));
}
