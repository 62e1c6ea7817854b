/*
 * Words of the app and of other languages that people write for those of the file. In lower case; blanks, hyphens
 * and underscores do not matter.
 */

/** By the word that is meant. */
const MEANT: Readonly<Record<string, string>> = {
  admin:
    'administrator administrators admins administratorin administrateur administratrice administrador administradora amministratore beheerder администратор админ superadmin root',
  operator:
    'agent agents operators operatorin operador operadora opérateur opérateurs operateur opératrice operatore mitarbeiter mitarbeiterin bearbeiter agente agentin employee member staff user supportagent оператор агент сотрудник',
  online:
    'verfügbar anwesend enligne connecté connectée enlínea conectado disponible disponível verbunden онлайн всети доступен',
  away: 'abwesend beschäftigt absent absente ausente afwezig отошел отошёл отсутствует',
  offline:
    'abgemeldet getrennt horsligne déconnecté desconectado desconectada off-line nichtverfügbar оффлайн офлайн невсети',
  invisible: 'unsichtbar versteckt oculto invisível onzichtbaar невидимый невидимка',
  true: 'yes y ja j on oui sí si sim wahr vrai verdadero да 1 wichtig',
  false: 'no n nein off non não nao falsch faux falso нет 0',
  absent: 'deleted removed gelöscht entfernt supprimé eliminado удален удалён',
  present: 'anwesend vorhanden présent presente',
  initial: 'initially once einmal',
  enforce: 'enforced always immer',
  path: 'pfad chemin ruta',
  url: 'address adresse link uri',
  show: 'list anzeigen',
  warn: 'warning warnen',
  refuse: 'refused deny reject block ablehnen verweigern error',
};

const BY_WORD = new Map<string, string[]>();
for (const [meant, words] of Object.entries(MEANT)) {
  for (const word of words.split(' ')) {
    const key = bare(word);
    BY_WORD.set(key, [...(BY_WORD.get(key) ?? []), meant]);
  }
}

/** The words that may be meant; one that is right already is among them. */
export function meantWords(written: string): readonly string[] {
  return [bare(written), ...(BY_WORD.get(bare(written)) ?? [])];
}

function bare(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
}
