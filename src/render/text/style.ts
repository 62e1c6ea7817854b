import { styleText } from 'node:util';
import type { Gravity } from '../../model/kinds/kind.ts';

export interface TextOptions {
  color: boolean;
  /** Columns of the terminal; 80 where nobody knows. */
  width: number;
  /** Lines of the terminal: what counts stands in the last ones. 24 where nobody knows. */
  rows?: number | undefined;
  /** Long values and lists are shown whole. */
  verbose?: boolean;
}

type Format = Parameters<typeof styleText>[0];
type Paint = (text: string) => string;

/** What a colour means here. Without colour each is the text itself. */
interface Styles {
  /** Red: cannot be undone. Yellow: reaches people. */
  gravity: Record<Gravity, Paint>;
  heading: Paint;
  quiet: Paint;
  good: Paint;
  warning: Paint;
  error: Paint;
}

const FORMATS = {
  grave: 'red',
  heading: 'bold',
  quiet: 'dim',
  good: 'green',
  warning: 'yellow',
  error: ['bold', 'red'],
} as const satisfies Record<string, Format | readonly string[]>;

/** Everything that the lines of a text need to know about where they are shown. */
export interface Layout {
  width: number;
  rows: number;
  verbose: boolean;
  styles: Styles;
}

export function layoutFor(options: TextOptions): Layout {
  return {
    width: Math.max(40, options.width),
    rows: options.rows ?? 24,
    verbose: options.verbose ?? false,
    styles: stylesFor(options.color),
  };
}

function stylesFor(color: boolean): Styles {
  const paint =
    (name: keyof typeof FORMATS): Paint =>
    (text) =>
      // The caller has decided; the stream and the environment are not asked again.
      color && text !== '' ? styleText(FORMATS[name] as Format, text, { validateStream: false }) : text;
  return {
    gravity: {
      grave: paint('grave'),
      weighty: paint('warning'),
      noticed: paint('warning'),
      plain: (text) => text,
    },
    heading: paint('heading'),
    quiet: paint('quiet'),
    good: paint('good'),
    warning: paint('warning'),
    error: paint('error'),
  };
}
