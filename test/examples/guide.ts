import { createServer } from 'node:net';

/** What a page has a reader do: type a line and see what it prints, or write a file. */
export type GuideStep =
  | { does: 'run'; command: string; printed: string; place: Place }
  | { does: 'write'; file: string; content: string };

/** Where the output stands in the page: lines from 0, the last one not included. */
interface Place {
  from: number;
  to: number;
}

/** The port that every page writes; a run has a free one in its place. */
const WRITTEN_PORT = '4010';
const FENCE = /^```(\w*) ?(.*)$/;

/** The steps of a page: ```` ```console ```` blocks, and blocks with a file's name behind the language. */
export function stepsOf(page: string): GuideStep[] {
  const lines = page.split('\n');
  const steps: GuideStep[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [, language, file = ''] = FENCE.exec(lines[index] ?? '') ?? [];
    if (language === undefined) continue;
    const from = index + 1;
    index = lines.indexOf('```', from);
    if (index === -1) throw new Error(`the block that line ${from} opens has no end`);
    const block = lines.slice(from, index);
    if (language === 'console') steps.push(...typedIn(block, from));
    else if (file !== '') steps.push({ does: 'write', file, content: `${block.join('\n')}\n` });
  }
  return steps;
}

/** `$ ` begins a command, `> ` goes on with it, the rest is what it prints. */
function typedIn(block: readonly string[], offset: number): GuideStep[] {
  const starts = block.flatMap((line, index) => (line.startsWith('$ ') ? index : []));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? block.length;
    const typed = block.slice(start, end).findIndex((line, at) => at > 0 && !line.startsWith('> '));
    const from = typed === -1 ? end : start + typed;
    return {
      does: 'run',
      command: block
        .slice(start, from)
        .map((line) => line.slice(2))
        .join('\n'),
      printed: block.slice(from, end).join('\n').trimEnd(),
      place: { from: offset + from, to: offset + end },
    };
  });
}

const MARK = '\x1e';

/** One shell goes through the whole page, as a reader's does; each output stands behind a mark. */
export function shellScriptOf(steps: readonly GuideStep[], port: number): string {
  const lines = steps.flatMap((step) => {
    if (step.does === 'write') return `cat > '${step.file}' <<'END_OF_FILE'\n${step.content}END_OF_FILE`;
    const command = step.command.replaceAll(WRITTEN_PORT, String(port));
    // A server that is started in the background must answer before the next line asks it.
    const waits = command.endsWith('&')
      ? [`until (: > /dev/tcp/127.0.0.1/${port}) 2> /dev/null; do kill -0 $! || break; sleep 0.05; done`]
      : [];
    return ['mark', command, ...waits];
  });
  return [
    'exec 2>&1',
    `mark() { local code=$?; printf '${MARK}'; return $code; }`,
    "trap 'kill $(jobs -p) 2> /dev/null' EXIT",
    ...lines,
  ].join('\n');
}

/** What each command of the script printed, with the port that pages write. */
export function outputsOf(printed: string, port: number): string[] {
  return printed
    .replaceAll(`:${port}`, `:${WRITTEN_PORT}`)
    .split(MARK)
    .slice(1)
    .map((output) => output.trimEnd());
}

/** What differs from one run to the next: times, durations, and digests, which cover the account's address. */
export function withoutChance(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME')
    .replace(/ *\b\d+(?:\.\d+)? m?s\b/g, ' DURATION')
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:DIGEST');
}

/** Whether a page's output is what was printed; a line `…` stands for any lines. */
export function isAsPrinted(written: string, printed: string): boolean {
  const lines = withoutChance(written)
    .split('\n')
    .map((line) => (line === '…' ? '(?:.*\n)*?' : `${line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\n`));
  return new RegExp(`^${lines.join('')}$`).test(`${withoutChance(printed)}\n`);
}

/** The page with what its commands print now. */
export function withOutputs(page: string, steps: readonly GuideStep[], outputs: readonly string[]): string {
  const lines = page.split('\n');
  const runs = steps.flatMap((step) => (step.does === 'run' ? step : []));
  for (const [index, { printed, place }] of [...runs.entries()].reverse()) {
    const output = outputs[index] ?? '';
    if (isAsPrinted(printed, output)) continue;
    lines.splice(place.from, place.to - place.from, ...(output === '' ? [] : output.split('\n')));
  }
  return lines.join('\n');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
