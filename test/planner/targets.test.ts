import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/planner/targets.ts';

describe('a target', () => {
  it('is a kind, or a kind and a glob over keys', () => {
    const everyone = parseTarget('operator');
    expect([everyone.kind, everyone.matches('jon@acme.example')]).toEqual(['operator', true]);
    const hooks = parseTarget('webhook:chat.* https://Hooks.acme.example/*');
    expect(hooks.kind).toBe('webhook');
    expect(hooks.matches('chat.started https://hooks.acme.example/a/b')).toBe(true);
    expect(hooks.matches('chat.started https://other.example/')).toBe(false);
  });

  it.each([
    ['operators', 'there is no kind "operators"'],
    ['', 'there is no kind ""'],
    [':jon@acme.example', 'there is no kind ""'],
    ['Operator', 'there is no kind "Operator"'],
    ['operator:', 'the glob after the colon is empty'],
  ])('"%s" is refused: %s', (text, reason) => {
    expect(() => parseTarget(text)).toThrow(reason);
  });
});
