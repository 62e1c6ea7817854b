import { plainWord } from '../../model/kinds/usual-words.ts';

/** Whose names are known, in these languages and their own. */
const CODES =
  `en en-US en-GB de es fr pt pt-BR ru it nl pl tr uk be cs sk sl hr sr bs mk bg ro hu el sq fi sv da no nb nn is
  et lv lt ga mt ca eu gl zh ja ko ar he fa hi bn ur ta te vi th id ms ka hy az kk uz af sw`.split(/\s+/);
const NAMED_IN = ['en', 'de', 'es', 'fr', 'pt', 'ru'];

let names: Map<string, string> | null = null;

/** The tag of a language that is given as a tag or code (`de`, `de_DE`, `deu`) or by its name; null for anything else. */
export function languageTag(text: string): string | null {
  return shortTag(text.replaceAll('_', '-')) ?? namedLanguage(text);
}

/** Without the region that goes without saying: `de` for `de-DE`, but `de-AT`. */
export function shortTag(text: string): string | null {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(text)) return null;
  try {
    const locale = new Intl.Locale(text);
    if (englishName(locale.language) === undefined) return null;
    return locale.script === undefined ? locale.minimize().toString() : locale.toString();
  } catch {
    return null;
  }
}

let english: Intl.DisplayNames | undefined;

function englishName(code: string): string | undefined {
  english ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return english.of(code);
}

function namedLanguage(text: string): string | null {
  names ??= allNames();
  const plain = plainWord(text);
  return names.get(plain) ?? names.get(plainWord(text.replace(/\s*\(.*\)$/, ''))) ?? null;
}

function allNames(): Map<string, string> {
  const languages = NAMED_IN.map((locale) => new Intl.DisplayNames([locale], { type: 'language' }));
  const found = new Map<string, string>();
  for (const code of CODES) {
    const own = new Intl.DisplayNames([code], { type: 'language' });
    for (const language of [...languages, own]) {
      const name = language.of(code);
      if (name !== undefined) found.set(plainWord(name), shortTag(code) ?? code);
    }
  }
  return found;
}
