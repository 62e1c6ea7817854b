import fc from 'fast-check';
import type { Plan } from '../../src/model/plan.ts';
import { changeOf, HOSTILE_TEXTS, operatorFields, planOf } from './sample-plans.ts';

/** A plan in which every text that comes from other people is the given one. */
export function planAbout(text: string): Plan {
  const source = { source: { file: text, line: 3, column: 1 } };
  return planOf(
    [
      changeOf(
        'create',
        'operator',
        null,
        operatorFields(`a${text}`, { name: text, jobTitle: text }),
        source,
      ),
      changeOf(
        'update',
        'operator',
        operatorFields('b', { name: text }),
        operatorFields('b', { name: `${text}${text}` }),
        source,
      ),
      changeOf(
        'update',
        'status',
        { email: text, status: text },
        { email: text, status: 'online', ttl: 60 },
        source,
      ),
      changeOf(
        'create',
        'webhook',
        null,
        { event: text, targetUrl: `https://${text}/`, essential: true },
        source,
      ),
      changeOf('delete', 'webhook', { event: text, targetUrl: text, essential: false }, null, source),
    ],
    {
      account: { baseUrl: text, owner: text },
      unmanaged: [{ kind: 'webhook', key: text, id: text }],
      warnings: [{ code: 'status-until-past', message: `before ${text} after`, ...source }],
      refusals: [{ code: 'max-deletes', message: text, hint: text, ...source }],
    },
  );
}

/** Random text with what Markdown, HTML and the platforms give a meaning to. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.constantFrom(
        ...'`|\\<>[]()!#@&$%~*_:-+=\n\t "\'{}^/.',
        '``',
        '\\|',
        '`|',
        '|`',
        '```',
        '| --- |',
        '\n\n',
        '    ',
      ),
      fc.constantFrom(
        '@user',
        '#1',
        '!2',
        'GH-3',
        'https://x.example',
        'www.x.example',
        'a@x.example',
        '</td>',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
