export { canonicalText, createDocument } from './canonical-text.ts';
export { type EditedText, editConfigText, itemsOf } from './edit-text.ts';
export { formatConfigText, parseForWriting } from './format-text.ts';
export { isMendedByFormat, type MendedSlip, mendConfigText } from './mend-config-text.ts';
