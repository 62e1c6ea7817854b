import { plainWord } from '../../model/kinds/usual-words.ts';
import { nearestWord } from '../../model/nearest-word.ts';
import { FIELDS, type Field, STATUS } from './fields.ts';

/** A name may come in parts. `ownName`: a name, or the part of it that no other column has. */
const NAME_PARTS = ['firstName', 'lastName', 'ownName', 'lastThenFirst'] as const;
export type Column = Field | (typeof NAME_PARTS)[number];

/** What columns are called, in English, German, Spanish, French, Portuguese and Russian, and by exporting programs. */
const USUAL: Readonly<Record<Column, string>> = {
  email: `email, mail, e-mail address, mail address, email id, primary email, primary email address, primary work email,
    work email, work email address, business email, business email address, company email, corporate email, office email,
    e-mail-adresse, mailadresse, dienstliche e-mail, dienstliche e-mail-adresse, e-mail dienstlich, e-mail geschäftlich,
    geschäftliche e-mail, geschäftliche e-mail-adresse, correo, correo electrónico, dirección de correo,
    dirección de correo electrónico, dirección de email, correo corporativo, correo de trabajo, correo laboral,
    email corporativo, courriel, adresse mail, adresse e-mail, adresse électronique, adresse courriel,
    adresse de courriel, adresse de messagerie, e-mail professionnel, mail professionnel, email pro, courriel professionnel,
    mél, correio eletrônico, correio eletrónico, endereço de e-mail, endereço eletrônico, e-mail profissional, почта,
    эл почта, электронная почта, адрес электронной почты, адрес эл почты, электронный адрес, эл адрес, email адрес,
    адрес email, рабочая почта, корпоративная почта, рабочий email, имейл, емейл, мейл`,
  name: `full name, complete name, first and last name, employee name, staff name, agent name, operator name, user full name,
    vollständiger name, voller name, vor- und nachname, vorname und nachname, vorname nachname,
    name vollständig, mitarbeitername, nombre completo, nombre y apellido, nombre y apellidos,
    nombres y apellidos, nom complet, nom et prénom, prénom et nom, prénom nom, nom prénom, nome completo,
    nome e sobrenome, nome e apelido, фио, полное имя, имя и фамилия, имя фамилия, фамилия и имя, фамилия имя,
    фамилия имя отчество, фио сотрудника`,
  ownName: 'name, nom, nombre, nome, имя',
  firstName: `first name, given name, forename, vorname, prénom, nombres, nombre de pila, primer nombre, primeiro nome,
    nome próprio, preferred first name`,
  lastName: `last name, surname, family name, sn, nachname, familienname, zuname, nom de famille, apellido, apellidos,
    sobrenome, apelido, último nome, фамилия`,
  lastThenFirst: '',
  jobTitle: `job title, business title, employee title, position, position title, stelle, stellenbezeichnung, jobtitel,
    berufsbezeichnung, positionsbezeichnung, poste, intitulé de poste, intitulé du poste, titre du poste, cargo, puesto,
    puesto de trabajo, título del puesto, título do cargo, posição, должность, название должности, позиция`,
  role: `role, user role, account role, chat role, chaport role, rolle, benutzerrolle, rôle, rôle utilisateur, rol,
    rol de usuario, papel, роль, роль пользователя`,
  language: `language, preferred language, interface language, ui language, language code, lang, locale, sprache,
    bevorzugte sprache, oberflächensprache, sprachcode, langue, langue préférée, langue de l'interface, idioma,
    idioma preferido, lengua, lenguaje, língua, язык, язык интерфейса, предпочитаемый язык`,
  image: `image, image url, picture, picture url, profile picture, photo, photo url, avatar, avatar url, bild, bild-url, foto,
    foto-url, profilbild, photo de profil, imagen, imagem, foto de perfil, фото, фотография, аватар, изображение`,
  [STATUS]: 'status, chat status, chaport status, online status, statut, estado, статус',
};

/** Used where no column has one of the names above. */
const ALSO: Readonly<Partial<Record<Column, string>>> = {
  email: 'user principal name, upn, login email, email login',
  name: `display name, common name, cn, formatted name, preferred name, employee, worker, mitarbeiter, сотрудник,
    anzeigename, nom d'affichage, nombre para mostrar,
    nome de exibição, отображаемое имя`,
  jobTitle: `title, titel, titre, título, job, job role, function, funktion, tätigkeit, beruf, fonction, métier, función,
    ocupación, função, profissão, профессия`,
  role: `user type, access level, permission, permissions, berechtigung, berechtigungen, droits, profil, permisos, perfil,
    permissões, права`,
};

interface Meaning {
  column: Column;
  /** 0 is before 1. */
  rank: number;
}

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  [USUAL, ALSO].flatMap((names, rank) =>
    Object.entries(names).flatMap(([column, usual]) =>
      usual
        .split(',')
        .map((name) => plainWord(name))
        .filter((name) => name !== '')
        .map((name) => [name, { column: column as Column, rank }] as const),
    ),
  ),
);

/** What a program or form writes behind a heading. */
const REMARK = /\s*(?:\[[^\]]*\]|\((?:required|optional|pflichtfeld|obligat\w*|обязательно)\)|\*)\s*$/iu;

/** What a heading means, or null. `Employee #` is a number. */
export function meaningOf(heading: string): Meaning | null {
  if (/[#№]/.test(heading)) return null;
  const bare = heading.replace(REMARK, '');
  const parts = bare.split(/\s*,\s*/).map((part) => MEANINGS.get(plainWord(part))?.column);
  if (parts.length === 2 && LAST.has(parts[0]) && parts[1] === 'firstName') {
    return { column: 'lastThenFirst', rank: 0 };
  }
  return MEANINGS.get(plainWord(bare)) ?? null;
}

const LAST = new Set<Column | undefined>(['lastName', 'ownName']);

/** The field that a heading without a meaning reminds of: it is written wrong, or a known word is in it. */
export function looksLike(heading: string): Field | null {
  const plain = plainWord(heading);
  if (plain.length < 3) return null;
  const words = heading.split(/[^\p{L}\p{M}]+/u).map(plainWord);
  const inside = HINTS.find(([hint]) => words.some((word) => word.startsWith(hint) || word.endsWith(hint)));
  if (inside) return inside[1];
  const near = plain.length < 5 ? undefined : nearestWord(plain, CLOSE_WORDS);
  const column = near === undefined ? undefined : MEANINGS.get(near)?.column;
  return column === undefined ? null : fieldOf(column);
}

/** The field that a column fills. */
export function fieldOf(column: Column): Field {
  return FIELDS.find((field) => field === column) ?? 'name';
}

/** Words so telling that a longer heading with one of them looks like that field. */
const HINTS: readonly (readonly [string, Field])[] = (
  [
    ['email', 'mail courriel correo correio почта'],
    ['role', 'role rolle роль admin'],
    ['language', 'language sprach sprache langue idioma язык'],
    ['jobTitle', 'jobtitle position stelle poste должность'],
    ['image', 'photo avatar foto profilbild'],
    ['name', 'vorname nachname prenom apellido sobrenome фамилия firstname lastname surname'],
  ] as const
).flatMap(([field, words]) => words.split(' ').map((word) => [plainWord(word), field] as const));

const CLOSE_WORDS = [...MEANINGS.keys()].filter((word) => word.length >= 5);
