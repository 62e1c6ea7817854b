export { canonicalText, createDocument } from './canonical-text.ts';
export { formatConfigText } from './format-text.ts';
export { isMendedByFormat, type MendedSlip, mendConfigText } from './mend-config-text.ts';
