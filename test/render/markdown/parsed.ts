import type { Nodes, Root, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The document as GitHub's flavour reads it. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

export function allNodes(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap((child) => allNodes(child)) : [])];
}

export function tablesOf(root: Root): Table[] {
  return allNodes(root).filter((node) => node.type === 'table');
}

/** The text of a node as a reader sees it. */
export function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child)).join('') : '';
}

/** What stands outside code, where a platform looks for mentions, links, references, emoji and formulas. */
export function proseOf(root: Root): string[] {
  return allNodes(root).flatMap((node) => (node.type === 'text' ? [node.value] : []));
}

const OURS = new Set(['<br>', '</details>']);

/** Everything in a document that its author did not write: links, images, HTML, other blocks, meaningful signs in prose. */
export function intrusionsIn(root: Root): string[] {
  const allowed = new Set([
    'root',
    'paragraph',
    'heading',
    'text',
    'strong',
    'inlineCode',
    'blockquote',
    'list',
    'listItem',
    'table',
    'tableRow',
    'tableCell',
    'html',
  ]);
  const nodes = allNodes(root);
  return [
    ...nodes.filter((node) => !allowed.has(node.type)).map((node) => `${node.type}: ${textOf(node)}`),
    ...nodes.flatMap((node) =>
      node.type === 'html' &&
      !OURS.has(node.value) &&
      !/^<details><summary>[A-Za-z0-9:, ()]*<\/summary>$/.test(node.value)
        ? [`html: ${node.value}`]
        : [],
    ),
    ...nodes.flatMap((node) => (node.type === 'list' && node.ordered ? ['ordered list'] : [])),
    ...nodes.flatMap((node) =>
      node.type === 'listItem' && typeof node.checked === 'boolean' ? ['task'] : [],
    ),
    ...proseOf(root)
      .map((text) => text.replace('[!CAUTION]\n', ''))
      .filter((text) => /[@#$%~^&<>[\]{}\\`*_!/=\p{Cc}]|:\w+:|[A-Z]+-\d|www\.|\b[0-9a-f]{7,}\b/iu.test(text))
      .map((text) => `prose: ${text}`),
  ];
}
