import { describe, expect, it } from 'vitest';
import { kindNamed } from '../../src/model/kinds/index.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import { type FileInShort, live, liveWebhook, planFor, webhook } from '../support/builders.ts';

const STARTED = 'chat.started';
const FINISHED = 'chat.finished';
const HOOK = 'https://hooks.acme.example/in';
const ZAP = 'https://hooks.zapier.com/hooks/catch/123456/abcde/';

function effectsOf(file: FileInShort, urls: string[], prune = false): string[] {
  const hooks = urls.map((url, index) => liveWebhook(STARTED, url, { id: `id-${index}` }));
  return planFor(file, live(null, hooks), { prune }).changes.flatMap(({ action, effects }) =>
    effects.map(({ code, text }) => `${action} ${code}: ${text}`),
  );
}
const wanted = (...urls: string[]) => ({ webhooks: urls.map((url) => webhook(STARTED, url)) });

describe('what a plan says of chat data', () => {
  it('is that a new host starts to get it', () => {
    expect(effectsOf(wanted(HOOK), [])).toEqual([
      'create starts-sending: starts sending chat data to hooks.acme.example',
    ]);
  });

  it('is not that a host starts which gets the event already', () => {
    expect(effectsOf(wanted(`${HOOK}/new`), [HOOK])).toEqual([
      'create moves-sending: sends chat data to another address on hooks.acme.example',
    ]);
  });

  it('is that it starts where the host got another event only', () => {
    const file = { webhooks: [webhook(FINISHED, HOOK)] };
    expect(effectsOf(file, [HOOK])).toEqual([
      'create starts-sending: starts sending chat data to hooks.acme.example',
    ]);
  });

  it('is that it goes on where one of two addresses on a host goes', () => {
    expect(effectsOf(wanted(HOOK), [HOOK, `${HOOK}/old`], true)).toEqual([
      'delete moves-sending: still sends chat data to another address on hooks.acme.example',
    ]);
    expect(effectsOf(wanted(), [HOOK], true)).toEqual([
      'delete stops-sending: stops sending chat data to hooks.acme.example',
    ]);
  });

  it('is that another host starts and the old one stops, unless others of its subscriptions stay', () => {
    const moved = { webhooks: [webhook(STARTED, HOOK, { movedFrom: 'https://old.acme.example/a' })] };
    expect(effectsOf(moved, ['https://old.acme.example/a'])).toEqual([
      'update starts-sending: starts sending chat data to hooks.acme.example',
      'update stops-sending: stops sending chat data to old.acme.example',
    ]);
    expect(effectsOf(moved, ['https://old.acme.example/a', 'https://old.acme.example/b'])).toEqual([
      'update starts-sending: starts sending chat data to hooks.acme.example',
    ]);
  });

  it('is that the same address gets another key', () => {
    const file = { webhooks: [webhook(STARTED, `${HOOK}?key=new`, { identity: 'path' })] };
    expect(effectsOf(file, [`${HOOK}?key=old`])).toEqual(['update rotates-key: gets another key']);
    const moved = { webhooks: [webhook(STARTED, HOOK, { movedFrom: 'https://u:p@hooks.acme.example/in' })] };
    expect(effectsOf(moved, ['https://u:p@hooks.acme.example/in'])).toEqual([
      'update rotates-key: gets another key',
    ]);
  });

  it('is told by the path on a host that many share, without what may be a key', () => {
    expect(effectsOf(wanted(ZAP), ['https://hooks.zapier.com/hooks/catch/99/zz/'])).toEqual([
      'create starts-sending: starts sending chat data to hooks.zapier.com/hooks/catch/***/***/',
    ]);
  });

  it('names a secret by its name, be it the path on a shared host or the whole URL', () => {
    const secrets = new SecretBook();
    secrets.addSecret('SLACK', 'T0000000/B00000000/XXXX');
    const url = secrets.fill(`https://hooks.slack.com/services/\${secret:SLACK}`);
    const file = { webhooks: [webhook(STARTED, url)], secrets };
    expect(effectsOf(file, [])).toEqual([
      `create starts-sending: starts sending chat data to hooks.slack.com/services/\${secret:SLACK}`,
    ]);
    const { changes } = planFor(file, live(null, []));
    const [starts] = kindNamed('webhook').impact(changes);
    expect(starts?.items).toEqual([
      { name: `hooks.slack.com/services/\${secret:SLACK}`, details: [STARTED] },
    ]);
  });

  it('is in the impact as the effects have it', () => {
    const file = {
      webhooks: [
        webhook(STARTED, `${HOOK}?key=new`, { identity: 'path' }),
        webhook(FINISHED, 'https://new.acme.example/'),
      ],
    };
    const { changes } = planFor(file, live(null, [liveWebhook(STARTED, `${HOOK}?key=old`)]));
    const said = kindNamed('webhook')
      .impact(changes)
      .filter(({ items }) => items.length > 0)
      .map(({ title, items }) => [title, items.map(({ name, details }) => [name, details])]);
    expect(said).toEqual([
      ['Starts receiving events', [['new.acme.example', [FINISHED]]]],
      ['Gets another key', [['hooks.acme.example', [STARTED]]]],
    ]);
  });
});
