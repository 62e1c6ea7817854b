import { expect, it } from 'vitest';
import { load, places } from './load.ts';

const policy = (lines: string) => ({ 'chaport.yaml': `version: 1\npolicy:\n${lines}\n` });

it('a glob that is not understood is complained about at its place, with what to write', () => {
  const { desired, diagnostics } = load(
    policy(
      [
        '  protect: ["jo[hn]@acme.example", \'!*@acme.example\', "https://[::1]/**"]',
        '  prune:',
        '    operators: ["\\x7Ba@acme.example", "{a,{b}}@acme.example"]',
        '    webhooks:',
        '      - https://a.example/}',
        '      - "https://a.example/**"',
      ].join('\n'),
    ),
  );
  expect(desired).toBeNull();
  expect(places(diagnostics)).toEqual([
    'chaport.yaml:3:16 bad-glob',
    'chaport.yaml:3:37 bad-glob',
    'chaport.yaml:5:17 bad-glob',
    'chaport.yaml:5:43 bad-glob',
    'chaport.yaml:7:27 bad-glob',
  ]);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'a pattern has no "[", except around an IPv6 host',
    'a pattern cannot say what is not meant',
    'this "{" is never closed',
    'braces do not stand in braces',
    'this "}" closes nothing',
  ]);
  expect(diagnostics[0]?.hint).toBe('write the choices in braces: {one,other}, or ? for any character');
});

it('a complaint about a glob does not tell the secret that it is in', () => {
  const { diagnostics } = load(policy('  protect: ["${secret:GLOB}"]'), { env: { GLOB: 'hush-hush[' } });
  expect(places(diagnostics)).toEqual(['chaport.yaml:3:13 bad-glob']);
  expect(JSON.stringify(diagnostics)).not.toContain('hush-hush');
});
