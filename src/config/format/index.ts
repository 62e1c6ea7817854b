export { canonicalText, createDocument } from './canonical-text.ts';
export { type EditedText, editConfigText } from './edit-text.ts';
export { formatConfigText, parseForWriting } from './format-text.ts';
