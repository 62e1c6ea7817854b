import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatConfigText } from '../../../src/config/format/index.ts';
import { DiagnosticsError } from '../../../src/model/errors.ts';

const format = (text: string) =>
  formatConfigText({ name: 'chaport.yaml', bytes: new TextEncoder().encode(text) });
const FIXTURES = new URL('../fixtures/', import.meta.url);

describe('formatConfigText', () => {
  it('puts one empty line between sections, also below a comment that ends with one', () => {
    const text = 'policy:\n  minAdmins: 2\n  # prune:\n  #   operators: []\n\noperators: []\n';
    expect(format(text)).toBe(text);
    const nested = 'policy:\n  protect:\n    - "*@a.example"\n    # and more\n\noperators: []\n';
    expect(format(nested)).toBe(nested);
  });

  it('puts keys in order, with each comment where it belongs', () => {
    expect(
      format(`# yaml-language-server: $schema=./chaport.schema.json
# the people
operators:
    # the boss
    - name: 'Jon Snow'   # as he is called
      email: "jon@acme.example"
      language: no
      status: {ttl: 12h,    value: 'online'}


    # the other
    - name: "1"
      # whoever that is
      email: sam@acme.example
      # end of Sam
    # end of people
# where events go
webhooks:
- events:
    - 'chat.started'
  url: 'https://a.example/#x'
# which format
version: 1
policy:
   # not theirs
   protect: [ '*@partner.example' ]
   # only these
   prune: { webhooks: [ "https://**" ] }
# end
`),
    ).toBe(`# yaml-language-server: $schema=./chaport.schema.json
# which format
version: 1

policy:
  # only these
  prune: { webhooks: [https://**] }
  # not theirs
  protect: ["*@partner.example"]

# the people
operators:
  # the boss
  - email: jon@acme.example
    name: Jon Snow # as he is called
    language: "no"
    status: { value: online, ttl: 12h }

  # the other
  # whoever that is
  - email: sam@acme.example
    name: "1"
    # end of Sam
  # end of people

# where events go
webhooks:
  - url: https://a.example/#x
    events:
      - chat.started

# end
`);
  });

  it('sorts nothing where a dash is missing: nobody could tell any more whose keys are whose', () => {
    const text = `version: 1

operators:
  - email: a@acme.example
    role: admin
    email: b@acme.example
    role: operator
    name: Ben
`;
    expect(format(text)).toBe(text);
  });

  it('keeps what ends the file apart from what ends its last list', () => {
    const text =
      'version: 1\n\noperators:\n  - email: a@acme.example\n  # - email: b@acme.example\n\n# webhooks:\n';
    expect(format(text)).toBe(text);
  });

  it('keeps anchors, aliases and merges, with merges first', () => {
    expect(
      format(`version: 1
operators:
  - &base
    role: operator
    email: a@acme.example
  - email: b@acme.example
    <<: *base
  - { email: c@acme.example, "<<": x }
webhooks:
  - url: https://a.example/
    events: &e [ a.b ]
  - url: https://b.example/
    events: *e
`),
    ).toBe(`version: 1

operators:
  - &base
    email: a@acme.example
    role: operator
  - <<: *base
    email: b@acme.example
  - { email: c@acme.example, "<<": x }

webhooks:
  - url: https://a.example/
    events: &e [a.b]
  - url: https://b.example/
    events: *e
`);
  });

  it('leaves keys in their order where an alias would come before its anchor', () => {
    const text = `webhooks:
  - url: &url https://a.example/
    events: [a.b]

operators:
  - image: *url
    email: a@acme.example

version: 1
`;
    expect(format(text)).toBe(text);
  });

  it.each([
    ['numbers as they are written', 'ttl: 0123', 'ttl: 0123'],
    ['nothing as it is written', 'image: ~', 'image: ~'],
    ['an empty value', 'image:', 'image:'],
    ['text that looks like a number in quotes', "name: '1e3'", 'name: "1e3"'],
    ['Norwegian in quotes', 'language: no', 'language: "no"'],
    ['hidden characters as escapes', 'name: "a\u202eb"', 'name: "a\\u202eb"'],
    ['emoji as they are', "name: '👩‍💻'", 'name: 👩‍💻'],
    ['a date without quotes', "until: '2026-12-24T18:00:00Z'", 'until: 2026-12-24T18:00:00Z'],
    ['folded text on one line', 'name: >-\n    Jon\n    Snow', 'name: Jon Snow'],
    ['a text over lines as it is', 'name: |\n    Jon\n    Snow', 'name: |\n  Jon\n  Snow'],
    ['unknown keys last', 'zzz: 1\nname: x', 'name: x\nzzz: 1'],
  ])('writes %s', (_name, before, after) => {
    const indent = (text: string) => text.replaceAll('\n', '\n    ');
    expect(format(`version: 1\noperators:\n  - ${indent(before)}\n`)).toBe(
      `version: 1\n\noperators:\n  - ${indent(after)}\n`,
    );
  });

  it('breaks up a list that is too long for its line', () => {
    const events = Array.from({ length: 8 }, (_, index) => `chat.newEvent.number${index}`);
    const text = `version: 1\n\nwebhooks:\n  - url: https://a.example/\n    events: [${events.join(', ')}]\n`;
    expect(format(text)).toBe(
      `version: 1\n\nwebhooks:\n  - url: https://a.example/\n    events:\n${events.map((event) => `      - ${event}\n`).join('')}`,
    );
  });

  it('writes Windows line ends and a byte order mark as plain lines', () => {
    expect(format('\ufeffversion: 1\r\n# c\r\noperators: []\r\n')).toBe('version: 1\n\n# c\noperators: []\n');
  });

  it.each(['bad-indentation', 'unclosed-quote', 'tabs', 'several-documents', 'empty', 'utf-16'])(
    'complains of %s.yaml and gives its place',
    (name) => {
      const bytes = readFileSync(new URL(`${name}.yaml`, FIXTURES));
      const attempt = () => formatConfigText({ name: 'chaport.yaml', bytes });
      expect(attempt).toThrow(DiagnosticsError);
    },
  );

  it.each(readdirSync(new URL('valid/', FIXTURES)))('leaves no second thought about valid/%s', (name) => {
    const once = formatConfigText({ name, bytes: readFileSync(new URL(`valid/${name}`, FIXTURES)) });
    expect(format(once)).toBe(once);
  });
});
