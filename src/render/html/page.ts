import { createHash } from 'node:crypto';
import { filterRules } from './filters.ts';
import { STYLESHEET } from './stylesheet.ts';
import { Html, html, type Part } from './template.ts';

const STYLE = STYLESHEET + filterRules();

/** Nothing may be loaded, run or sent; the one stylesheet is known by its hash. */
function policyFor(style: string): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** A whole document: one file that needs nothing else. The title is ours, and so is what its style has more. */
export function page(title: string, body: Part, moreStyle = ''): string {
  const style = STYLE + moreStyle;
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.ofTrusted(policyFor(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${Html.ofTrusted(style)}</style>
</head>
<body>
${body}
</body>
</html>
`}`;
}
