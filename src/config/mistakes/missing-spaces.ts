import { anyKnownKey, takesNoList } from './known-keys.ts';
import type { Line, Mistake, Recogniser, TextEdit } from './mistake.ts';

let patterns: { anywhere: RegExp; line: RegExp; inBrackets: RegExp } | undefined;

function keyPatterns() {
  const key = anyKnownKey();
  patterns ??= {
    // Most files have none, and are asked once.
    anywhere: new RegExp(`(?:^|[\\s{,-])${key}:(?![\\s/]|$)|^[ \\t]*(?:- +)*-[^\\s-]`, 'm'),
    line: new RegExp(`^(-?)(${key}):(?=[^\\s/])`),
    inBrackets: new RegExp(`(?<=[{,]\\s*)(${key}):(?=[^\\s,}\\]/])`, 'g'),
  };
  return patterns;
}

/** `name:Anke`, `-email: …` */
export const missingSpaces: Recogniser = (reading) => {
  if (!keyPatterns().anywhere.test(reading.text)) return [];
  return reading.lines.flatMap((line, index) => [
    ...spaceInFront(line, reading.lines[index - 1]),
    ...spacesInBrackets(line),
  ]);
};

function spaceInFront(line: Line, before: Line | undefined): Mistake[] {
  if (line.inBrackets || line.key !== null) return afterDash(line, line.key, before);
  const [found, dash = '', key = ''] = keyPatterns().line.exec(line.value) ?? [];
  if (found === undefined) return afterDash(line, null, before);
  const from = line.valueAt;
  const text = `${dash && '- '}${key}: `;
  return [
    complaint(dash ? '"-" and ":"' : `"${key}:"`, from, from + found.length, {
      from,
      to: from + found.length,
      text,
    }),
  ];
}

/** `-email: …` and `-one@acme.example` below the key of a list, or beside another entry. */
function afterDash(line: Line, key: string | null, before: Line | undefined): Mistake[] {
  if (line.inBrackets || key !== null) return [];
  const [, rest = ''] = /^-(?=[\w"'*@[{&$“„«])(.*)$/s.exec(line.value) ?? [];
  if (rest === '') return [];
  const isEntry = new RegExp(`^${anyKnownKey()}:(?:\\s|$)`).test(rest);
  const isBelowKey =
    before !== undefined && before.value === '' && before.key !== null && !takesNoList(before.key);
  const isBeside = before?.dashes.length === 1 && before.indent === line.indent;
  const isBesideFaulty = before?.value.startsWith('-') === true && before.key === null;
  if (!isEntry && !isBelowKey && !isBeside && !isBesideFaulty) return [];
  const from = line.valueAt;
  return [complaint('"-"', from, from + 1, { from, to: from + 1, text: '- ' })];
}

function spacesInBrackets({ value, valueAt, inBrackets }: Line): Mistake[] {
  if (!inBrackets && !/^[[{]/.test(value)) return [];
  const plain = value.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => '_'.repeat(quoted.length));
  return [...plain.matchAll(keyPatterns().inBrackets)].map(({ 0: found, index }) => {
    const end = valueAt + index + found.length;
    return complaint(`"${found}"`, valueAt + index, end, { from: end, to: end, text: ' ' });
  });
}

function complaint(what: string, from: number, to: number, fix: TextEdit): Mistake {
  return {
    code: 'missing-space',
    message: `a space is missing behind ${what}`,
    hint: `write it with a space behind: ${fix.text.trim() === '' ? what.replaceAll('"', '') : fix.text.trim()} …`,
    from,
    to,
    fix,
  };
}
