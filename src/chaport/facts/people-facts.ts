import { type Fact, fatal, tolerated } from './fact.ts';

/** Operators and their statuses. */
export const PEOPLE_FACTS = {
  'operator-fields': {
    grade: 'A',
    sentence: 'An operator has the fields of the vendor’s example, and no others',
    check: 'reading',
    variants: {
      more: tolerated('Operators have fields that nobody documents'),
      'other-types': fatal('A field of an operator is missing or of another type'),
    },
  },
  'operator-calls': {
    grade: 'C',
    sentence: 'POST /operators, PUT and DELETE /operators/{id} create, update and delete',
    check: 'nothing',
    variants: {},
  },
  'operator-writable': {
    grade: 'C',
    sentence:
      'email, name, language, jobTitle, role and image can be written; a PUT of them as they are changes nothing',
    check: 'person',
    variants: {
      changed: fatal('A PUT of an operator as they are changes something'),
      refused: fatal('A PUT of an operator as they are is refused'),
    },
  },
  'operator-create-needs': {
    grade: 'C',
    sentence: 'A new operator needs an e-mail address and a name',
    check: 'nothing',
    variants: { more: tolerated('A new operator needs language and role too') },
  },
  'operator-unknown-fields': {
    grade: 'D',
    sentence: 'An update of an operator keeps the fields that we do not know',
    check: 'probes',
    variants: { cleared: fatal('An update of an operator clears the fields that we do not know') },
  },
  clearing: {
    grade: 'D',
    sentence: '"" empties a field',
    check: 'person',
    variants: { refused: fatal('"" clears no field, it is refused') },
  },
  roles: {
    grade: 'C',
    sentence: 'Roles are operator and admin',
    check: 'reading',
    variants: { others: tolerated('There are other roles') },
  },
  'email-unique': {
    grade: 'A',
    sentence: 'An e-mail address is the login, one person’s in an account',
    check: 'reading',
    variants: { twice: fatal('An e-mail address is there twice') },
  },
  'email-spelling': {
    grade: 'D',
    sentence: 'An e-mail address is kept as it was written',
    check: 'nothing',
    variants: {
      'lower-case': tolerated('Addresses are kept in lower case'),
      punycode: tolerated('Domains of addresses are kept as punycode'),
    },
  },
  invitations: {
    grade: 'A',
    sentence: 'Creating an operator sends them an invitation e-mail',
    check: 'nothing',
    variants: {},
  },
  owner: {
    grade: 'A',
    sentence: 'The account owner cannot be deleted or deactivated, nor their role change',
    check: 'nothing',
    variants: {},
  },
  'no-undelete': {
    grade: 'A',
    sentence: 'A deleted operator loses access for good; their messages stay',
    check: 'nothing',
    variants: {},
  },
  deactivated: {
    grade: 'D',
    sentence: 'Who has no seat is shown with deactivated: true',
    check: 'reading',
    variants: {},
  },
  'status-words': {
    grade: 'B',
    sentence: 'Statuses are online, away, offline and invisible',
    check: 'reading',
    variants: { others: tolerated('There are other statuses') },
  },
  'status-set': {
    grade: 'B',
    sentence: 'POST /operators/{id}/status with a ttl or validUntil sets lastStatus at once',
    check: 'toggle',
    variants: {
      other: fatal('lastStatus does not show the status that was set'),
      refused: fatal('Setting a status is refused'),
    },
  },
  'status-real': {
    grade: 'B',
    sentence: 'realStatus is what visitors see now, and follows',
    check: 'toggle',
    variants: { other: tolerated('realStatus does not follow a status that is set') },
  },
  'status-after': {
    grade: 'D',
    sentence: 'When the time of a status is over, lastStatus is the one before',
    check: 'toggle',
    variants: {
      stays: tolerated('lastStatus keeps a timed status when its time is over'),
      lapses: tolerated('lastStatus is offline when the time of a status is over'),
    },
  },
} as const satisfies Record<string, Fact>;
