import type { Role } from './operator.ts';

/** One text for all spellings of a word or heading: letters and digits alone, in lower case, without accents. */
export function plainWord(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** What people and other programs call the roles. */
export const ROLE_WORDS = wordsOf<Role>({
  admin: `admin, administrator, administratorin, superadmin, super administrator, account admin, administrateur,
    administratrice, administrador, administradora, админ, администратор`,
  operator: `operator, operatorin, agent, agentin, support agent, chat agent, user, standard user, member, employee,
    benutzer, benutzerin, nutzer, mitglied, mitarbeiter, mitarbeiterin, mitarbeitende, opérateur, opératrice, agente,
    utilisateur, utilisatrice, membre, collaborateur, operador, operadora, usuario, usuaria, miembro, empleado,
    empleada, usuária, membro, funcionário, funcionária, оператор, агент, пользователь, участник, сотрудник`,
});

/** What people and other programs call the statuses. */
export const STATUS_WORDS = wordsOf({
  online: `online, available, verfügbar, erreichbar, en ligne, disponible, en línea, conectado, conectada, disponível,
    онлайн, в сети, доступен, доступна`,
  away: 'away, abwesend, weg, ausente, отошёл, отошла, нет на месте',
  offline: `offline, hors ligne, déconnecté, déconnectée, desconectado, desconectada, sin conexión, офлайн, оффлайн,
    не в сети`,
  invisible: 'invisible, unsichtbar, invisível, невидимый, невидимая, невидимка',
});

/** The word of the file by each usual one, in its plain form. */
function wordsOf<Word extends string>(words: Readonly<Record<Word, string>>): ReadonlyMap<string, Word> {
  const entries = Object.entries<string>(words) as [Word, string][];
  return new Map(
    entries.flatMap(([word, usual]) => usual.split(',').map((text) => [plainWord(text), word] as const)),
  );
}
