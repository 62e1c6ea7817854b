import { describe, expect, it } from 'vitest';
import { withExcerpts } from '../../src/config/index.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import type { Diagnostic } from '../../src/model/source.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const TEXTS = [
  {
    name: 'a.yaml',
    bytes: bytes('\ufeffversion: 1\r\n  - email: jon@acme.example  \r\nkey: hush-hush # x\r\n'),
  },
  { name: '-', bytes: bytes('first\nsecond') },
];

function complaintAt(file: string, line: number, column: number): Diagnostic {
  return { severity: 'error', code: 'invalid-value', message: 'wrong', source: { file, line, column } };
}

function excerptAt(file: string, line: number, column: number, secrets = new SecretBook()) {
  return withExcerpts([complaintAt(file, line, column)], TEXTS, secrets)[0]?.excerpt;
}

describe('giving diagnostics their lines', () => {
  it('marks from the place to the end of its line', () => {
    expect(excerptAt('a.yaml', 2, 5)).toEqual({ text: '  - email: jon@acme.example  ', length: 23 });
  });

  it('finds standard input by the name it is shown under', () => {
    expect(excerptAt('<stdin>', 2, 1)).toEqual({ text: 'second', length: 6 });
  });

  it('masks a secret that is written out in the file', () => {
    const secrets = new SecretBook();
    secrets.addSecret('KEY', 'hush-hush');
    expect(excerptAt('a.yaml', 3, 1, secrets)?.text).toBe('key: ${secret:KEY} # x');
  });

  it('leaves alone what has an excerpt, no place, or a place in another file', () => {
    const given: Diagnostic[] = [
      { ...complaintAt('a.yaml', 1, 1), excerpt: { text: 'mine', length: 1 } },
      { severity: 'error', code: 'invalid-value', message: 'wrong' },
      complaintAt('b.yaml', 1, 1),
    ];
    expect(withExcerpts(given, TEXTS, new SecretBook())).toEqual(given);
  });

  it('marks the end where the file has become shorter', () => {
    expect(excerptAt('<stdin>', 9, 9)).toMatchObject({ text: 'second', length: 1 });
  });
});
