import type { CommandFigure, CommandFigures } from './commands.ts';
import type { CreatesFigures } from './creates.ts';
import type { GlobFigures } from './globs.ts';
import type { Machine } from './machine.ts';
import type { MaskingFigures } from './masking.ts';
import type { PlanningFigures } from './planning.ts';
import type { RotaFigures } from './rotas.ts';
import type { StaffListFigures } from './staff-lists.ts';

export interface Result {
  machine: Machine;
  /** How long the benchmark took. */
  seconds: number;
  commands: CommandFigures;
  planning: PlanningFigures;
  creates: CreatesFigures;
  masking: MaskingFigures;
  globs: GlobFigures;
  rotas: RotaFigures;
  staffLists: StaffListFigures;
}

/** The figures as Markdown tables. */
export function renderResult({
  machine,
  seconds,
  commands,
  planning,
  creates,
  masking,
  globs,
  rotas,
  staffLists,
}: Result): string {
  const { node, system, processor, cores, gigabytes, load, extraCertificates } = machine;
  return [
    `Node ${node}, ${system}, ${cores} × ${processor}, ${gigabytes} GiB, load ${load}. Medians; ${seconds} s in all.`,
    ...(extraCertificates
      ? ['NODE_EXTRA_CA_CERTS is set: every start of Node, the bare one too, reads that file.']
      : []),
    table(
      ['Whole process', 'ms', 'more than `node -e 0`', '× `node -e 0`', '`curl` + `jq`, ms', '× faster'],
      [
        ['`node -e 0`', ms(commands.bare.median), '', '1.00', '', ''],
        ...commands.figures.map((figure) => commandRow(figure, commands.bare.median)),
      ],
    ),
    ...(commands.peerSkipped === null ? [] : [`No peer: ${commands.peerSkipped}.`]),
    table(
      [
        'Planning, operators',
        'ms',
        '(file, account, compare)',
        '× floor',
        'peak MiB',
        'floor, ms',
        'floor, MiB',
      ],
      planning.sizes.map((size) => [
        size.operators.toLocaleString('en'),
        ms(size.timing.median),
        [size.loading, size.reading, size.planning].map(ms).join(', '),
        size.ratio.toFixed(2),
        size.megabytes.toFixed(0),
        ms(size.floor.median),
        size.floorMegabytes.toFixed(0),
      ]),
    ),
    `The largest takes ${planning.growth.toFixed(1)} times as long as the one a tenth its size.`,
    table(
      [
        `${creates.creates} creates at ${creates.latency} ms, concurrency`,
        'ms',
        'ideal, ms',
        'share of ideal',
        'share, bare undici',
      ],
      creates.widths.map(({ concurrency, timing, ideal, share, floorShare }) => [
        String(concurrency),
        ms(timing.median),
        ms(ideal),
        percent(share),
        percent(floorShare),
      ]),
    ),
    table(
      [
        'Masking, characters',
        ...masking.secrets.map(({ count, length }) => `${count} × ${length.toLocaleString('en')}, ms`),
        'only escapes, ms',
      ],
      masking.sizes.map(({ size, medians, hostile }) => [
        size.toLocaleString('en'),
        ...medians.map(ms),
        ms(hostile),
      ]),
    ),
    `The largest text takes ${masking.growth.toFixed(1)} times as long as the one a tenth its size.`,
    table(
      ['Globs, characters', 'usual, ms', 'hostile, ms'],
      globs.sizes.map(({ size, usual, hostile }) => [size.toLocaleString('en'), ms(usual), ms(hostile)]),
    ),
    `The largest text takes ${globs.growth.toFixed(1)} times as long as the one a tenth its size.`,
    table(
      [`A year of shifts, ${rotas.people} people`, 'ms', 'more than loading, ms'],
      [
        ['loading (`validate`)', ms(rotas.loading.median), ''],
        ...rotas.formats.map(({ format, timing }) => [
          format,
          ms(timing.median),
          ms(timing.median - rotas.loading.median),
        ]),
      ],
    ),
    table(
      ['Staff list, rows', 'read, ms', 'all are new, ms', 'all change, ms', 'loading the file, ms'],
      [
        [
          staffLists.rows.toLocaleString('en'),
          ...[staffLists.reading, staffLists.adding, staffLists.changing, staffLists.loading].map(ms),
        ],
      ],
    ),
    '',
  ].join('\n\n');
}

function commandRow({ name, latency, timing, ratio, peer }: CommandFigure, bare: number): string[] {
  const shown = latency === null ? `\`${name}\`` : `${name}, ${latency} ms latency`;
  return [
    shown,
    ms(timing.median),
    ms(timing.median - bare),
    ratio.toFixed(2),
    peer ? ms(peer.timing.median) : '',
    peer ? peer.factor.toFixed(1) : '',
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function ms(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 1 : 0);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
