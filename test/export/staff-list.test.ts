import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import {
  parseStaffList,
  type StaffListOptions,
  type StarterOptions,
  starterFile,
} from '../../src/export/index.ts';
import { DiagnosticsError } from '../../src/model/errors.ts';
import { STAFF_LISTS } from './staff-lists.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => parseStaffList(bytes(text), 'staff.csv');

function faultsOf(content: string | Uint8Array, options: StaffListOptions = {}): string[] {
  try {
    parseStaffList(typeof content === 'string' ? bytes(content) : content, 'staff.csv', options);
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return error.diagnostics.map(({ source, message }) => `${source?.file}:${source?.line}: ${message}`);
  }
  return [];
}

describe('parseStaffList', () => {
  const expected = [
    { email: 'jon@acme.example', name: 'Snow, Jon', jobTitle: 'The "Wall"', role: 'admin', status: 'online' },
    { email: 'sam@acme.example' },
  ];

  it.each([
    [
      'commas',
      'E-Mail,Name,Job Title,Role,Status\njon@acme.example,"Snow, Jon","The ""Wall""",Admin,ONLINE\nsam@acme.example,,,,\n',
    ],
    [
      'semicolons and a byte order mark',
      '\ufeffemail;name;title;role;status\r\njon@acme.example;Snow, Jon;"The ""Wall""";admin;online\r\nsam@acme.example;;;;\r\n;;;;\r\n',
    ],
    [
      'tabs and columns in another order',
      'name\tEMAIL\tstatus\tjobTitle\trole\nSnow, Jon\t jon@acme.example \tonline\t"The ""Wall"""\tadmin\n\n\tsam@acme.example\n',
    ],
  ])('reads a list with %s', (_name, text) => {
    expect(read(text).members).toEqual(expected);
  });

  it('names the columns that mean nothing', () => {
    expect(read('email,Department,Phone\na@b.c,x,y\n').notes).toEqual([
      'Columns that were not used: Department, Phone',
    ]);
  });

  it('keeps what looks like a reference as text', () => {
    expect(read('email,name\na@b.c,${secret:X}\n').members).toEqual([
      { email: 'a@b.c', name: '$${secret:X}' },
    ]);
  });

  it('says what is wrong, by line, all at once', () => {
    expect(
      faultsOf(
        'email,role,image\nnobody,operator,\na@b.c,boss,ftp://x\n,operator,\nA@B.C,,\na@b.c,,\nx@y.z,operator,https://x/y,more\n',
      ),
    ).toEqual([
      'staff.csv:2: email must be an e-mail address such as jon.snow@acme.example; found "nobody"',
      'staff.csv:3: role must be operator or admin; found "boss"',
      'staff.csv:3: image must be a URL that starts with https:// or http://; found "ftp://x"',
      'staff.csv:4: this row has no e-mail address',
      'staff.csv:5: "A@B.C" stands in line 3 already',
      'staff.csv:6: "a@b.c" stands in line 5 already',
      'staff.csv:7: this row has 4 cells, and the header has 3',
    ]);
  });

  it.each([
    [
      'name,role\nx,admin\n',
      'staff.csv:1: the staff list has no column for e-mail addresses; its header is "name", "role"',
    ],
    ['email,E-Mail\na@b.c,a@b.c\n', 'staff.csv:1: two columns mean email: "email" and "E-Mail"'],
    ['', 'staff.csv:1: the staff list is empty'],
    ['email\n', 'staff.csv:1: the staff list is empty'],
    ['email,name\na@b.c,"open\n', 'staff.csv:'],
  ])('refuses %j', (text, fault) => {
    expect(faultsOf(text)).toEqual([expect.stringContaining(fault)]);
  });

  it('refuses what is not UTF-8', () => {
    expect(faultsOf(new Uint8Array([0x65, 0xfc, 0x0a]))).toEqual([
      'staff.csv:1: the staff list is not UTF-8 text',
    ]);
  });
});

describe('staff lists as people have them', () => {
  it.each(STAFF_LISTS.readable)('$name', ({ list, columns = [], members, notes }) => {
    const read = parseStaffList(typeof list === 'string' ? bytes(list) : list, 'staff.csv', { columns });
    expect(read.members).toEqual(members);
    if (notes) expect(read.notes).toEqual(notes);
  });

  it.each(STAFF_LISTS.refused)('refused: $name', ({ list, columns = [], faults }) => {
    const isKnown = (key: string) => key === 'known@acme.example';
    expect(faultsOf(list, { columns, isKnown })).toEqual(faults?.map((fault) => `staff.csv:${fault}`));
  });

  it('says what to do with a workbook, and with a column that is not found', () => {
    const hintOf = (list: string | Uint8Array | undefined) => {
      try {
        parseStaffList(typeof list === 'string' ? bytes(list) : (list ?? bytes('')), 'staff.csv');
      } catch (error) {
        return error instanceof DiagnosticsError ? error.diagnostics[0]?.hint : undefined;
      }
      return undefined;
    };
    const named = (name: string) => STAFF_LISTS.refused.find((one) => one.name === name)?.list;
    expect(hintOf(named('an Excel workbook'))).toContain('choose "Save as", and there "CSV UTF-8"');
    expect(hintOf(named('addresses under an unknown heading'))).toBe(
      'addresses stand in "Who": --column email=Who',
    );
  });
});

describe('starterFile', () => {
  const load = (text: string) => parseConfig([{ name: 'chaport.yaml', bytes: bytes(text) }], { env: {} });

  it.each([
    ['nothing', {}],
    ['a name', { org: 'Acme & Söhne' }],
    ['a domain', { org: 'acme.com' }],
    [
      'a staff list with one admin',
      { members: read('email,role,language\na@b.c,admin,no\nd@b.c,operator,no\n').members },
    ],
    ['a staff list with two admins', { members: read('email,role\na@b.c,admin\nd@b.c,admin\n').members }],
    [
      'a staff list without roles',
      { org: 'acme', members: read('email,name,status\na@b.c,"x: #",away\n').members },
    ],
  ])('is valid when it is made of %s', (_name, options: StarterOptions) => {
    const { desired, diagnostics } = load(starterFile(options));
    expect(diagnostics).toEqual([]);
    expect(desired?.sections.operators?.length).toBe(options.members?.length ?? 1);
  });

  it('writes the addresses of the organisation', () => {
    expect(starterFile({ org: 'Acme' })).toContain('owner: owner@acme.example');
    expect(starterFile({ org: 'acme.com' })).toContain('# - email: jon.snow@acme.com');
    expect(() => starterFile({ org: '???' })).toThrow('no address can be made of that');
  });

  it('takes the only admin for the owner, and asks where there are more', () => {
    const one = load(starterFile({ members: read('email,role\na@b.c,admin\nd@b.c,operator\n').members }));
    expect(one.desired?.owner?.email).toBe('a@b.c');
    const two = starterFile({ members: read('email,role\na@b.c,admin\nd@b.c,admin\n').members });
    expect(load(two).desired?.owner).toBeNull();
    expect(two).toContain('# account:\n#   owner: a@b.c');
  });

  it('as it is changes nobody who is there', () => {
    const { desired } = load(starterFile({}));
    expect(desired?.sections.operators).toEqual([
      expect.not.objectContaining({ language: expect.anything(), name: expect.anything() }),
    ]);
    expect(desired?.sections.webhooks).toBeNull();
  });
});
