export { canonicalText, createDocument } from './canonical-text.ts';
export { formatConfigText } from './format-text.ts';
