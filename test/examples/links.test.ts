import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { PROJECT } from '../support/run-program.ts';

type Nodes = ReturnType<typeof fromMarkdown>['children'][number];

const PAGES = ['.', '.github', 'examples', 'src'].flatMap((folder) =>
  readdirSync(path.join(PROJECT, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

function nodesOf(file: string): Nodes[] {
  const text = readFileSync(file, 'utf8');
  const within = (node: { children?: Nodes[] }): Nodes[] =>
    (node.children ?? []).flatMap((child) => [child, ...within(child as { children?: Nodes[] })]);
  return within(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
}

function textOf(node: { value?: string; children?: unknown[] }): string {
  return node.value ?? (node.children ?? []).map((child) => textOf(child as { value?: string })).join('');
}

/** The names by which a host of Markdown jumps to a page's headings. */
function anchorsOf(file: string): string[] {
  return nodesOf(file).flatMap((node) =>
    node.type === 'heading'
      ? textOf(node)
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-')
      : [],
  );
}

test.each(PAGES)('every relative link of %s leads somewhere', (page) => {
  const file = path.join(PROJECT, page);
  const lost = nodesOf(file).flatMap((node) => {
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return [];
    if (/^[a-z]+:/.test(node.url)) return [];
    const [name = '', anchor] = node.url.split('#');
    const target = name === '' ? file : path.resolve(path.dirname(file), decodeURI(name));
    if (!existsSync(target)) return node.url;
    if (anchor === undefined) return [];
    const read = statSync(target).isDirectory() ? path.join(target, 'README.md') : target;
    return existsSync(read) && anchorsOf(read).includes(anchor) ? [] : node.url;
  });
  expect(lost).toEqual([]);
});
