import { describe, expect, it } from 'vitest';
import type { Document } from 'yaml';
import { parseConfig } from '../../../src/config/index.ts';
import { mendText } from '../../../src/config/mistakes/mend-text.ts';

/** A parser that stumbles at the start of every text, and counts how often it was asked. */
function stumbling() {
  const read: string[] = [];
  const parse = (text: string) => {
    read.push(text);
    return { errors: [{ pos: [0, 1], code: 'BAD_INDENT', message: '' }] } as unknown as Document.Parsed;
  };
  return { read, parse };
}

describe('a text that mending makes no better', () => {
  it('is given up after a few rounds, before it has grown', () => {
    const { read, parse } = stumbling();
    mendText(`a: 'it's' 'it's'\n`, parse);
    expect(read.length).toBeLessThan(6);
    expect(read.at(-1)?.length).toBeLessThan(200);
  });

  it.each(['"" # the "b" of it', `'it''s' # the 'b' of it`, '"a \\" b" # and "c"'])(
    'keeps a comment with quotes in it: %s',
    (value) => {
      const { mistakes } = mendText(`a: ${value}\n`, stumbling().parse);
      expect(mistakes.map(({ code }) => code)).not.toContain('missing-quotes');
    },
  );
});

describe('a text that begins with "-"', () => {
  it.each(['name:\n      -@', 'jobTitle: # of the night\n      -Nobody'])(
    'is one below a key that takes no list: %j',
    (text) => {
      const config = `version: 1\noperators:\n  - email: a@acme.example\n    ${text}\n`;
      expect(parseConfig([{ name: 'a.yaml', bytes: Buffer.from(config) }], { env: {} }).diagnostics).toEqual(
        [],
      );
    },
  );
});
