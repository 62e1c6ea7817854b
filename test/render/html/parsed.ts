import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

export interface ParsedPage {
  elements: Element[];
  /** Mistakes that a browser would have to mend. */
  errors: string[];
}

export function parsePage(text: string): ParsedPage {
  const errors: string[] = [];
  const document = parse(text, { onParseError: (error) => errors.push(error.code) });
  return { elements: elementsIn(document), errors };
}

function elementsIn(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsIn) : [];
  return 'tagName' in node ? [node, ...children] : children;
}

export function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

export function withClass(page: ParsedPage, className: string): Element[] {
  return page.elements.filter((element) => attributeOf(element, 'class')?.split(' ').includes(className));
}

/**
 * Tags and attributes in their order: what is left of a page without its texts. `bdi` stands around
 * texts and their quoted or escaped parts, as often as the text asks for it.
 */
export function skeletonOf(page: ParsedPage): string[] {
  return page.elements
    .filter(({ tagName }) => tagName !== 'bdi')
    .map(
      ({ tagName, attrs }) =>
        `${tagName}${attrs.map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).join('')}`,
    );
}
