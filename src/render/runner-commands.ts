/** What a text is printed as; a `file` stays what it is, whoever reads along. */
export type PrintedAs = 'text' | 'json' | 'markdown' | 'html' | 'github' | 'gitlab' | 'file';

const COLOUR_CODE = '\u001b\\[[0-9;]*m';
/** Blanks before it are passed over by runners, and colour codes taken out by some. */
const LINE_COMMAND = new RegExp(`^((?:[^\\S\\n]|${COLOUR_CODE})*):(?=:)`, 'gm');
const COMMAND_ANYWHERE = /#(?=#(?:vso)?\[)/gi;

/**
 * Finished output for a runner's log, in which a line that begins with `::`, and `##[` or `##vso[` anywhere, is
 * a command to the runner: no name or message can give one. Markdown and HTML hold it back in themselves,
 * and annotations are commands of our own.
 */
export function holdBackCommands(printed: string, as: PrintedAs): string {
  switch (as) {
    case 'text':
      return printed.replace(LINE_COMMAND, '$1\\:').replace(COMMAND_ANYWHERE, '#\\');
    case 'json':
    case 'gitlab':
      return printed.replace(LINE_COMMAND, '$1\\u003a').replace(COMMAND_ANYWHERE, '\\u0023');
    default:
      return printed;
  }
}
