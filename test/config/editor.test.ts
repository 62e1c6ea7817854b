import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/index.ts';

const require = createRequire(import.meta.url);
const { getLanguageService, TextDocument } = {
  ...require('yaml-language-server/lib/umd/index.js'),
  ...require('vscode-languageserver-textdocument'),
};

interface Completion {
  label: string;
  insertText?: string;
}

/** The editor's own machinery, with our schema. */
function editor() {
  const service = getLanguageService({
    schemaRequestService: async () => JSON.stringify(configJsonSchema()),
    workspaceContext: { resolveRelativePath: (path: string) => path },
    telemetry: { send: () => {}, sendError: () => {}, sendTrack: () => {} },
    yamlSettings: { documents: { get: () => undefined } },
    clientCapabilities: {},
  });
  service.configure({
    validate: true,
    completion: true,
    hover: true,
    customTags: [],
    schemas: [{ uri: 'file:///chaport.schema.json', fileMatch: ['*.yaml'], schema: configJsonSchema() }],
  });
  return service;
}

let opened = 0;

function open(text: string) {
  // The server keeps what it has parsed, by name and version.
  opened += 1;
  return TextDocument.create('file:///chaport.yaml', 'yaml', opened, text);
}

async function messagesFor(text: string): Promise<string[]> {
  const found: { message: string }[] = await editor().doValidation(open(text), false);
  return found.map(({ message }) => message);
}

/** What is offered at `|`. */
async function offeredAt(marked: string): Promise<Completion[]> {
  const offset = marked.indexOf('|');
  const document = open(marked.replace('|', ''));
  const { items } = await editor().doComplete(document, document.positionAt(offset), false);
  return items;
}

describe('in an editor', () => {
  it('no message is a regular expression or speaks of objects', async () => {
    const messages = await messagesFor(`version: 2
account: { owner: nobody, baseUrl: ftp://x }
policy: { maxDeletes: many, minAdmins: -1, protect: "*@a.example", prune: 5 }
operators:
  - email: "“a@b.example”"
    role: boss
    status: { value: ONLINE, ttl: long, until: tomorrow }
    image: 7
webhooks:
  - url: http://hooks.acme.example
    events: [bad, chat.started]
    essential: maybe
`);
    expect(messages.length).toBeGreaterThan(8);
    for (const message of messages) expect(message).not.toMatch(/pattern of|\^|\\|\[object|\bmap\b|\bglob\b/);
    expect(messages.join('\n')).toContain('an e-mail address such as jon.snow@acme.example');
  });

  it('a sound file has none', async () => {
    expect(
      await messagesFor(
        'version: 1\noperators:\n  - email: a@b.example\n    role: admin\n    language: de\n    status: online\n',
      ),
    ).toEqual([]);
  });

  it.each<[what: string, text: string, labels: string[]]>([
    ['sections', '|', ['operators', 'webhooks', 'policy']],
    ['a person', 'version: 1\noperators:\n  - |', ['person', 'email']],
    ['a webhook', 'version: 1\nwebhooks:\n  - |', ['webhook', 'url']],
    ['a status', 'version: 1\noperators:\n  - email: a@b.example\n    status: |', ['status', 'online']],
    ['shifts', 'version: 1\nshifts:\n  |', ['timeZone', 'rota', 'off', 'swaps']],
    ['a shift', 'version: 1\nshifts:\n  rota:\n    early: |', ['shift']],
    ['the keys of a shift', 'version: 1\nshifts:\n  rota:\n    early:\n      |', ['days', 'who', 'rotate']],
    ['time off', 'version: 1\nshifts:\n  off:\n    - |', ['time off', 'who', 'from', 'to']],
    ['a swap', 'version: 1\nshifts:\n  swaps:\n    - |', ['swap', 'date', 'shift', 'out', 'in']],
    [
      'events',
      'version: 1\nwebhooks:\n  - url: https://a.example\n    events:\n      - |',
      ['chat.started', 'chat.finished'],
    ],
    ['languages', 'version: 1\noperators:\n  - email: a@b.example\n    language: |', ['de', 'en']],
  ])('completes %s', async (_what, text, labels) => {
    const offered = await offeredAt(text);
    expect(offered.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
    expect(JSON.stringify(offered)).not.toContain('[object Object]');
  });
});
