import { configJsonSchema } from '../../src/config/index.ts';

interface SchemaNode {
  title?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  additionalProperties?: unknown;
}

/** Every key of the file as a row, with what its schema says of it. */
export function fieldsTable(): string {
  const rows = rowsOf(configJsonSchema() as SchemaNode, '');
  return ['| key | means | such as |', '| --- | --- | --- |', ...rows].join('\n');
}

function rowsOf(node: SchemaNode, path: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const { description = '', examples = [], default: fallback } = child;
    const words =
      fallback === undefined ? description : `${description} Default: \`${JSON.stringify(fallback)}\`.`;
    const example = examples[0] === undefined ? '' : `\`${JSON.stringify(examples[0])}\``;
    const inner = [child, ...(child.anyOf ?? [])].flatMap((part) => [
      ...rowsOf(part, place),
      ...rowsOf(namedIn(part), `${place}.NAME`),
      ...[part.items, ...(part.items?.anyOf ?? [])].flatMap((item) =>
        item ? rowsOf(item, `${place}[]`) : [],
      ),
    ]);
    return [`| \`${place}\` | ${cell(words)} | ${cell(example)} |`, ...new Set(inner)];
  });
}

/** What stands under any name. */
function namedIn({ additionalProperties }: SchemaNode): SchemaNode {
  return typeof additionalProperties === 'object' && additionalProperties !== null
    ? additionalProperties
    : {};
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The text with `content` between the marks of that name. */
export function withGenerated(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}

/** The words in backquotes that stand in the first cell of each row of a section's tables. */
export function codesUnder(page: string, heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, code = '']) => code);
}
