/** Staff lists as people have them, and what becomes of each. */
export interface StaffListCase {
  name: string;
  list: string | Uint8Array;
  columns?: { column: 'email' | 'name' | 'jobTitle' | 'role' | 'firstName' | 'lastName'; heading: string }[];
  members?: Record<string, string>[];
  notes?: string[];
  faults?: string[];
}

const ANKE = { email: 'anke@acme.example', name: 'Anke Berg' };

/** Each character as one byte, as old spreadsheets save it. */
function singleByte(text: string, firstCyrillic = 0): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + firstCyrillic : code;
  });
}

function utf16(text: string, order: 'le' | 'be', bom: boolean): Uint8Array {
  const bytes = Buffer.from(bom ? `\ufeff${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

const readable: StaffListCase[] = [
  {
    name: 'English, commas',
    list: 'Email,Name,Job title,Role,Language\nanke@acme.example,Anke Berg,Team lead,Administrator,German\n',
    members: [{ ...ANKE, jobTitle: 'Team lead', role: 'admin', language: 'de' }],
    notes: [],
  },
  {
    name: 'German, semicolons, a byte order mark, Windows line ends',
    list: '\ufeffVorname;Nachname;E-Mail-Adresse;Stellenbezeichnung;Rolle;Sprache\r\nAnke;Berg;anke@acme.example;Teamleiterin;Administratorin;Deutsch\r\n',
    members: [{ ...ANKE, jobTitle: 'Teamleiterin', role: 'admin', language: 'de' }],
  },
  {
    name: 'German with "Name" for the last name',
    list: 'Name;Vorname;Dienstliche E-Mail\nBerg;Anke;anke@acme.example\n',
    members: [ANKE],
  },
  {
    name: 'German with last and first name in one column',
    list: 'Nachname, Vorname;E-Mail\n"Berg, Anke";anke@acme.example\n',
    members: [ANKE],
  },
  {
    name: 'Spanish',
    list: 'Nombre;Apellidos;Correo electrónico;Puesto;Rol;Idioma\nAnke;Berg;anke@acme.example;Jefa;Administradora;alemán\n',
    members: [{ ...ANKE, jobTitle: 'Jefa', role: 'admin', language: 'de' }],
  },
  {
    name: 'French',
    list: 'Nom;Prénom;Adresse e-mail;Poste;Rôle;Langue\nBerg;Anke;anke@acme.example;Conseillère;Opératrice;Allemand\n',
    members: [{ ...ANKE, jobTitle: 'Conseillère', role: 'operator', language: 'de' }],
  },
  {
    name: 'French with a full name',
    list: 'Nom complet;Courriel;Fonction\nAnke Berg;anke@acme.example;Conseillère\n',
    members: [{ ...ANKE, jobTitle: 'Conseillère' }],
  },
  {
    name: 'Portuguese',
    list: 'Nome,Sobrenome,E-mail corporativo,Cargo,Papel,Idioma\nAnke,Berg,anke@acme.example,Líder,Usuário,Português\n'.replace(
      'E-mail corporativo',
      'Endereço de e-mail',
    ),
    members: [{ ...ANKE, jobTitle: 'Líder', role: 'operator', language: 'pt' }],
  },
  {
    name: 'Russian, tabs',
    list: 'Имя\tФамилия\tЭл. почта\tДолжность\tРоль\tЯзык\nАнна\tБерг\tanna@acme.example\tСтарший оператор\tАдминистратор\tнемецкий\n',
    members: [
      {
        email: 'anna@acme.example',
        name: 'Анна Берг',
        jobTitle: 'Старший оператор',
        role: 'admin',
        language: 'de',
      },
    ],
  },
  {
    name: 'Russian with a full name',
    list: 'ФИО;Электронная почта;Статус\nБерг Анна;anna@acme.example;онлайн\n',
    members: [{ email: 'anna@acme.example', name: 'Берг Анна', status: 'online' }],
  },
  {
    name: 'Google Workspace',
    list: 'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],Recovery Email,Employee Title\nAnke,Berg,anke@acme.example,****,/Support,,Active,anke@home.example,Agent\n',
    members: [{ ...ANKE, jobTitle: 'Agent' }],
    notes: [
      'The column "New Primary Email [UPLOAD ONLY]" looks like email and is not used, since "Email Address [Required]" is.',
      'The column "Status [READ ONLY]" says nothing of the chat ("Active" 1) and is not used.',
      'The column "Recovery Email" looks like email and is not used, since "Email Address [Required]" is: --column email="Recovery Email" would use it.',
      'Columns that were not used: Password [Required], Org Unit Path [Required]',
    ],
  },
  {
    name: 'Microsoft 365',
    list: 'Display name,First name,Last name,User principal name,Title,Preferred language,Department\nBerg Anke (Support),Anke,Berg,anke@acme.example,Agent,de-DE,Support\n',
    members: [{ ...ANKE, jobTitle: 'Agent', language: 'de' }],
    notes: [
      'The column "Display name" looks like name and is not used, since "First name" is: --column name="Display name" would use it.',
      'Columns that were not used: Department',
    ],
  },
  {
    name: 'an HR program with work and home addresses',
    list: 'Employee #,First Name,Last Name,Work Email,Home Email,Job Title,Department,Hire Date\n17,Anke,Berg,anke@acme.example,anke@home.example,Agent,Support,2019-01-01\n',
    members: [{ ...ANKE, jobTitle: 'Agent' }],
  },
  {
    name: 'an HR program with employment for status',
    list: 'Vorname;Nachname;E-Mail;Position;Status\nAnke;Berg;anke@acme.example;Agent;aktiv\nBen;Alt;ben@acme.example;Agent;inaktiv\n',
    members: [
      { ...ANKE, jobTitle: 'Agent' },
      { email: 'ben@acme.example', name: 'Ben Alt', jobTitle: 'Agent' },
    ],
    notes: ['The column "Status" says nothing of the chat ("aktiv" 1, "inaktiv" 1) and is not used.'],
  },
  {
    name: 'a directory (LDAP)',
    list: 'givenName,sn,mail,cn,preferredLanguage\nAnke,Berg,anke@acme.example,aberg,de_DE\n',
    members: [{ ...ANKE, language: 'de' }],
  },
  {
    name: 'a sep= line',
    list: 'sep=;\r\nE-Mail;Name\r\nanke@acme.example;Berg, Anke, Dr.\r\n',
    members: [{ email: 'anke@acme.example', name: 'Berg, Anke, Dr.' }],
  },
  {
    name: 'a title row and blank rows',
    list: 'Support, November 2026;;\n;;\n\nE-Mail;Name;Rolle\n;;\nanke@acme.example;Anke Berg;Agent\n\n;;\n',
    members: [{ ...ANKE, role: 'operator' }],
  },
  {
    name: 'a title row with more commas than the list has semicolons',
    list: 'Team, as of November, 2026, draft, internal\nE-Mail;Name\nanke@acme.example;Anke Berg\n',
    members: [ANKE],
  },
  {
    name: 'delimiters behind the last column',
    list: 'email,name,,\nanke@acme.example,Anke Berg,,,,\n',
    members: [ANKE],
  },
  {
    name: 'addresses with names',
    list: 'Email\nAnke Berg <anke@acme.example>\n"""Ben Alt"" <ben@acme.example>"\n<mailto:cid@acme.example>\nmailto:dan@acme.example\n',
    members: [
      ANKE,
      { email: 'ben@acme.example', name: 'Ben Alt' },
      { email: 'cid@acme.example' },
      { email: 'dan@acme.example' },
    ],
  },
  {
    name: 'a name column beside addresses with names',
    list: 'Email,Name\nA. B. <anke@acme.example>,Anke Berg\n',
    members: [ANKE],
  },
  {
    name: 'what nobody sees',
    list: 'email,name\n\u200banke@acme.example\u00a0,\u00a0Anke\u00a0\u00a0Berg \nben@acme.example,Ben\u00adja\u200bmin\n',
    members: [ANKE, { email: 'ben@acme.example', name: 'Benjamin' }],
  },
  {
    name: 'letters in parts, as a Mac writes them',
    list: 'E-Mail;Name\nzoe@acme.example;Zoe\u0308 Mu\u0308ller\n',
    members: [{ email: 'zoe@acme.example', name: 'Zoë Müller' }],
  },
  {
    name: 'a line break in a cell',
    list: 'E-Mail;Name;Position\nanke@acme.example;Anke Berg;"Agent\nNight"\n',
    members: [{ ...ANKE, jobTitle: 'Agent Night' }],
  },
  {
    name: 'quotes that are meant',
    list: 'E-Mail,Name\nanke@acme.example,Anke "Anni" Berg\n',
    members: [{ email: 'anke@acme.example', name: 'Anke "Anni" Berg' }],
  },
  {
    name: 'line ends of an old Mac',
    list: 'E-Mail;Name\ranke@acme.example;Anke Berg\r',
    members: [ANKE],
  },
  {
    name: 'roles and languages in their usual words',
    list: 'email,role,language\na@b.example,ADMIN,en_US\nb@b.example,Agent,English\nc@b.example,Operator,Français\nd@b.example,user,Russisch\ne@b.example,Mitarbeiter/in,deu\nf@b.example,Super Admin,en-GB\n',
    members: [
      { email: 'a@b.example', role: 'admin', language: 'en' },
      { email: 'b@b.example', role: 'operator', language: 'en' },
      { email: 'c@b.example', role: 'operator', language: 'fr' },
      { email: 'd@b.example', role: 'operator', language: 'ru' },
      { email: 'e@b.example', role: 'operator', language: 'de' },
      { email: 'f@b.example', role: 'admin', language: 'en-GB' },
    ],
  },
  {
    name: 'academic titles under "Titel"',
    list: 'Titel;Vorname;Nachname;E-Mail;Position\nDr.;Anke;Berg;anke@acme.example;Agent\n',
    members: [{ ...ANKE, jobTitle: 'Agent' }],
  },
  {
    name: 'nothing but academic titles',
    list: 'Title,Name,Email\nDr.,Anke Berg,anke@acme.example\nMrs,Bea Alt,bea@acme.example\n',
    members: [ANKE, { email: 'bea@acme.example', name: 'Bea Alt' }],
    notes: ['The column "Title" is not a job and is not used.'],
  },
  {
    name: 'UTF-16 as Excel saves "Unicode text"',
    list: utf16('E-Mail\tName\r\nanke@acme.example\tAnke Bärg\r\n', 'le', true),
    members: [{ email: 'anke@acme.example', name: 'Anke Bärg' }],
    notes: ['"staff.csv" was read as UTF-16.'],
  },
  {
    name: 'UTF-16 without its mark, the other way round',
    list: utf16('E-Mail;Name\nanke@acme.example;Anke Berg\n', 'be', false),
    members: [ANKE],
    notes: ['"staff.csv" was read as UTF-16.'],
  },
  {
    name: 'windows-1252',
    list: singleByte('Prénom;Nom;Courriel;Rôle\nZoé;Müller;zoe@acme.example;Administrateur\n'),
    members: [{ email: 'zoe@acme.example', name: 'Zoé Müller', role: 'admin' }],
    notes: [
      '"staff.csv" is not UTF-8 and was read as windows-1252: check a word such as "Prénom". To be sure, save it as "CSV UTF-8".',
    ],
  },
  {
    name: 'windows-1252 with an ordinary header',
    list: singleByte('E-Mail;Name\nzoe@acme.example;Zoë Müller\n'),
    members: [{ email: 'zoe@acme.example', name: 'Zoë Müller' }],
  },
  {
    name: 'windows-1251',
    list: singleByte('Имя;Фамилия;Электронная почта\nАнна;Берг;anna@acme.example\n', 0xc0),
    members: [{ email: 'anna@acme.example', name: 'Анна Берг' }],
    notes: [
      '"staff.csv" is not UTF-8 and was read as windows-1251: check a word such as "Имя". To be sure, save it as "CSV UTF-8".',
    ],
  },
  {
    name: 'windows-1251 with an English header',
    list: singleByte('email,name\nanna@acme.example,Анна Берг\n', 0xc0),
    members: [{ email: 'anna@acme.example', name: 'Анна Берг' }],
  },
  {
    name: 'a column named by hand',
    list: 'Email,Kontakt,Anzeige\nold@home.example,anke@acme.example,Anke Berg\n',
    columns: [
      { column: 'email', heading: 'kontakt' },
      { column: 'name', heading: 'Anzeige' },
    ],
    members: [ANKE],
    notes: [
      'The column "Email" looks like email and is not used, since "Kontakt" is: --column email=Email would use it.',
    ],
  },
  {
    name: 'job titles under "Role", named by hand',
    list: 'Email,Name,Role\nanke@acme.example,Anke Berg,Team lead\n',
    columns: [{ column: 'jobTitle', heading: 'Role' }],
    members: [{ ...ANKE, jobTitle: 'Team lead' }],
  },
  {
    name: 'headings that look like known ones',
    list: 'Email,Name,Jobtitle (new),Rolel,Sprachkenntnisse,Shoe size\nanke@acme.example,Anke Berg,Lead,admin,Deutsch,41\n',
    members: [ANKE],
    notes: [
      'The column "Jobtitle (new)" looks like jobTitle and is not used.',
      'The column "Rolel" looks like role and is not used: --column role=Rolel would use it.',
      'The column "Sprachkenntnisse" looks like language and is not used: --column language=Sprachkenntnisse would use it.',
      'Columns that were not used: Shoe size',
    ],
  },
];

const refused: StaffListCase[] = [
  {
    name: 'two rows of one person',
    list: 'email,name\nanke@acme.example,Anke\nben@acme.example,Ben\nAnke@ACME.example,Anke B.\n',
    faults: ['4: "Anke@ACME.example" stands in line 2 already'],
  },
  {
    name: 'the same mistake in many rows, said once',
    list: `email,name,role\n${Array.from({ length: 200 }, (_, at) => `p${at}@acme.example,P ${at},Boss\n`).join('')}`,
    faults: ['2: role must be operator or admin; found "Boss" (200 rows: lines 2, 3, 4, 5, 6 and 195 more)'],
  },
  {
    name: 'an Excel workbook',
    list: Buffer.from('PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml xl/workbook.xml', 'latin1'),
    faults: ['1: this is an Excel workbook (.xlsx), and a staff list is text'],
  },
  {
    name: 'an old Excel workbook',
    list: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    faults: ['1: this is an old Excel workbook (.xls), and a staff list is text'],
  },
  {
    name: 'a web page called .xls',
    list: '<html><table><tr><td>email</td></tr></table></html>',
    faults: ['1: this is a web page or XML, whatever its name says, and a staff list is text'],
  },
  {
    name: 'no header',
    list: 'Anke Berg,anke@acme.example\nBen Alt,ben@acme.example\n',
    faults: ['1: the first line of the staff list is a person already'],
  },
  {
    name: 'addresses under an unknown heading',
    list: 'Who,Name,Where\nanke@acme.example,Anke,Wall\n',
    faults: ['1: the staff list has no column for e-mail addresses; its header is "Who", "Name", "Where"'],
  },
  {
    name: 'new people without a name',
    list: 'email,name\nanke@acme.example,\nknown@acme.example,\nben@acme.example,Ben\n',
    faults: ['2: a new person has no name, and nobody can be invited without one'],
  },
  {
    name: 'no names at all',
    list: 'email\nanke@acme.example\nben@acme.example\n',
    faults: [
      '2: the staff list has no column for names, and nobody can be invited without one (2 rows: lines 2, 3)',
    ],
  },
  {
    name: 'two columns for one thing',
    list: 'Email,Work email,Name\na@b.example,c@d.example,A\n',
    faults: ['1: two columns mean email: "Email" and "Work email"'],
  },
  {
    name: 'a column named by hand that is not there',
    list: 'Email,Name\na@b.example,A\n',
    columns: [{ column: 'jobTitle', heading: 'Stelle' }],
    faults: ['1: there is no column "Stelle"'],
  },
  {
    name: 'a quote that is never closed',
    list: 'email,name\na@b.example,A\nc@d.example,"open\ne@f.example,E\n',
    faults: ['3: a quote (") that opens in this line is never closed'],
  },
  {
    name: 'two languages in a cell',
    list: 'email,name,language\na@b.example,A,"Deutsch, Englisch"\n',
    faults: ['2: language must be a language such as en, de or German; found "Deutsch, Englisch"'],
  },
  {
    name: 'other bytes, no known heading',
    list: singleByte('eü\nx\n'),
    faults: ['1: the staff list is not UTF-8 text'],
  },
];

export const STAFF_LISTS = { readable, refused };
