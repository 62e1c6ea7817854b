import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import type { Diagnostic } from '../../src/model/source.ts';
import { renderErrorText, renderProgressLine } from '../../src/render/index.ts';
import { render } from '../../src/render/render.ts';
import { holdBackCommands } from '../../src/render/runner-commands.ts';
import { planAbout } from './hostile-plans.ts';
import { parsePage, textOf as textOfElement } from './html/parsed.ts';
import { parseMarkdown, textOf } from './markdown/parsed.ts';
import { reportOf, resultOf } from './sample-plans.ts';

/** What a runner obeys, in a log with its colour codes or without. */
const OBEYED = [/^[^\S\n]*::/m, /##\[/, /##vso\[/i];

function commandsIn(log: string): RegExp[] {
  const plain = stripVTControlCharacters(log);
  return OBEYED.filter((pattern) => pattern.test(log) || pattern.test(plain));
}

const COMMANDS = [
  '::stop-commands::x',
  '::add-mask::eve',
  '::error file=a.ts,line=1::x',
  '##[add-mask]eve',
  '##[error]x',
  '##[set-output name=a]b',
  '##vso[task.setvariable variable=a]b',
  '##VSO[task.complete result=Succeeded]',
];

const WAYS: Record<string, (command: string) => string> = {
  'as it is': (command) => command,
  'after blanks': (command) => `   ${command}`,
  'after a tab and a no-break space': (command) => `\t\u00a0${command}`,
  'after a line break': (command) => `Jon\n${command}`,
  'where a line is wrapped': (command) => `${'word '.repeat(14)}${command} ${'word '.repeat(15)}${command}`,
  'behind every number of letters': (command) =>
    Array.from({ length: 90 }, (_unused, index) => `${'x'.repeat(index)} ${command}`).join(' '),
  'after signs that are doubled': (command) => `#${command}:${command}`,
  'between quotes and bars': (command) => `"${command}" | \`${command}\``,
};

const CASES = COMMANDS.flatMap((command) =>
  Object.entries(WAYS).map(([way, make]) => [command, way, make(command)] as const),
);

function logsAbout(text: string): Record<string, string> {
  const plan = planAbout(text);
  const results = plan.changes.map((change) => resultOf(change, { outcome: 'failed', error: text }));
  const report = reportOf(results, { converged: false, remaining: plan.changes, interrupted: text });
  const source = { file: text, line: 1, column: 1 };
  const diagnostics: Diagnostic[] = [
    {
      severity: 'error',
      code: 'unknown-key',
      message: text,
      hint: text,
      source,
      related: { message: text, source },
      excerpt: { text, length: 3 },
    },
  ];
  const onRunner = true;
  const asText = (shown: string) => holdBackCommands(shown, 'text');
  const options = { color: false, width: 80 };
  return {
    'plan text': render(plan, { onRunner }),
    'plan in colour': render(plan, { onRunner, color: true, width: 40 }),
    'plan json': render(plan, { onRunner, format: 'json' }),
    'plan markdown': render(plan, { onRunner, format: 'markdown' }),
    'plan html': render(plan, { onRunner, format: 'html' }),
    'report text': render(report, { onRunner }),
    'report json': render(report, { onRunner, format: 'json' }),
    'report markdown': render(report, { onRunner, format: 'markdown' }),
    'diagnostics text': render(diagnostics, { onRunner, color: true }),
    'diagnostics json': render(diagnostics, { onRunner, format: 'json' }),
    progress: asText(results.map((result) => `${renderProgressLine(result, options)}\n`).join('')),
    error: asText(renderErrorText(new UserError('x', text, { hint: text }), options)),
  };
}

describe('on a runner', () => {
  it.each(CASES)('%j is no command %s', (_command, _way, text) => {
    const obeyed = Object.entries(logsAbout(text)).filter(([, log]) => commandsIn(log).length > 0);
    expect(obeyed.map(([name]) => name)).toEqual([]);
  });

  it('no text gives a command, wherever it is cut or wrapped', () => {
    const part = fc.constantFrom(
      ...COMMANDS,
      '::',
      ':',
      '#',
      '[',
      '##',
      ' ',
      '\n',
      '\r',
      'word',
      '"',
      '|',
      '`',
      '\\',
      '&',
    );
    const text = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        for (const [name, log] of Object.entries(logsAbout(given))) expect(commandsIn(log), name).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['::stop-commands::x', '\\::stop-commands::x'],
    ['  \u001b[1m ::x', '  \u001b[1m \\::x'],
    ['ok\n\n\t::x\n::y', 'ok\n\n\t\\::x\n\\::y'],
    ['a ::x and b::c', 'a ::x and b::c'],
    ['- ##[add-mask]x', '- #\\#[add-mask]x'],
    ['###vso[task.x]', '##\\#vso[task.x]'],
    ['## [x] #[y]', '## [x] #[y]'],
  ])('text writes %j as %j', (printed, shown) => {
    expect(holdBackCommands(printed, 'text')).toBe(shown);
  });

  it.each(['github', 'file', 'markdown', 'html'] as const)('%s stays as it is', (as) => {
    expect(holdBackCommands('::error::##[x]\n', as)).toBe('::error::##[x]\n');
  });

  it('JSON, Markdown and HTML say the same as elsewhere', () => {
    const name = '##[add-mask]eve ::x ##vso[y]';
    const plan = planAbout(name);
    const json = render(plan, { format: 'json', onRunner: true });
    expect(json).toContain('"\\u0023#[add-mask]eve ::x \\u0023#vso[y]"');
    expect(JSON.parse(json)).toEqual(plan);
    expect(textOf(parseMarkdown(render(plan, { format: 'markdown' })))).toContain(name);
    const [page] = parsePage(render(plan, { format: 'html' })).elements.filter(
      ({ tagName }) => tagName === 'main',
    );
    expect(page && textOfElement(page)).toContain(name);
  });

  it('takes no longer for many blank lines', () => {
    const start = process.cpuUsage();
    holdBackCommands(`${'\n'.repeat(100_000)}${' '.repeat(100_000)}`, 'text');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
  });

  it('elsewhere text and JSON are as they were', () => {
    const plan = planAbout('##[add-mask]eve');
    expect(render(plan, { format: 'json' })).toContain('"##[add-mask]eve"');
    expect(render(plan)).toContain('##[add-mask]eve');
  });
});
