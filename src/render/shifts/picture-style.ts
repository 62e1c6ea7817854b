/** The looks of shifts, in turn; each bar also says which shift it is. */
export const SHIFT_CLASSES = ['s0', 's1', 's2', 's3', 's4', 's5'] as const;

const LIGHT = [
  ['#dbe8fb', '#24518f'],
  ['#dff1e3', '#1b6332'],
  ['#f6e6f8', '#6b2c7c'],
  ['#fbeed3', '#6f4500'],
  ['#d9f0f2', '#12595f'],
  ['#e9e6fb', '#443a92'],
];
const DARK = [
  ['#1a2a40', '#a9c9f5'],
  ['#19301f', '#9adcac'],
  ['#331d3a', '#e2b8ee'],
  ['#372a12', '#edc987'],
  ['#12302f', '#93d9dc'],
  ['#25213f', '#c3bdf6'],
];

function looks(pairs: readonly (readonly string[])[]): string {
  return pairs
    .map(([ground, ink], index) => `.rota .s${index} { --ground: ${ground}; --sign: ${ink} }`)
    .join('\n');
}

/** It stands alone in a picture, and beside the stylesheet in a page. */
export const PICTURE_STYLE = `
.rota { --sheet: #ffffff; --text: #1d2125; --faint: #5a6068; --rule: #c9c5ba; --hair: #e6e3dc; --gap: #a1242c; --gap-ground: #fbd9d9; --off: #8a8f96; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif }
${looks(LIGHT)}
@media screen and (prefers-color-scheme: dark) {
  .rota { --sheet: #1d2125; --text: #e4e6e8; --faint: #a3abb4; --rule: #4a525a; --hair: #2f353b; --gap: #f3a0a0; --gap-ground: #4a1f22; --off: #868e97 }
  ${looks(DARK)}
}
.rota text { fill: var(--text); unicode-bidi: isolate }
.rota .paper { fill: var(--sheet) }
.rota .heading { font-size: 16px; font-weight: 600 }
.rota .day { font-weight: 600 }
.rota .hour { fill: var(--faint); font-size: 10px; text-anchor: middle }
.rota .day-line { stroke: var(--rule) }
.rota .hour-line { stroke: var(--hair); stroke-dasharray: 2 3 }
.rota .row-line { stroke: var(--hair) }
.rota .shift { fill: var(--ground); stroke: var(--sign) }
.rota .shift-label { fill: var(--sign); font-size: 11px; font-weight: 600 }
.rota .off { stroke: var(--off) }
.rota .off-ground { fill: var(--sheet) }
.rota .off-line { stroke: var(--off); stroke-width: 2 }
.rota .off-label { fill: var(--faint); font-size: 12px }
.rota .rule { fill: var(--gap); font-weight: 600 }
.rota .gap { fill: var(--gap-ground); stroke: var(--gap); stroke-width: 2 }
.rota .gap-label { fill: var(--gap); font-size: 12px; font-weight: 700 }
`;

/** One of the two pictures of a page is shown. */
export const PAGE_STYLE = `
svg.rota { display: block; width: 100%; margin-top: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem }
svg.rota.narrow { display: none }
.rota-long { overflow-x: auto }
svg.rota.long { min-width: 56rem }
.rota-key { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: .75rem; color: var(--quiet); font-size: .875rem }
.rota-gaps { margin-top: .75rem }
.rota-gaps li { color: var(--delete) }
.rota-gaps .place { color: inherit }
.rota-list table { max-width: none; table-layout: auto; width: 100%; margin-top: .5rem }
@media (max-width: 46rem) {
  svg.rota.wide { display: none }
  svg.rota.narrow { display: block }
}
`;
