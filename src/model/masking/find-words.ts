import { type Automaton, ROOT, type State } from './automaton.ts';
import { Encodings, plainReading, type ReadCharacter, symbolOf } from './encodings.ts';
import { extend, type Trail, trailBack } from './trail.ts';

export interface FoundWord {
  start: number;
  end: number;
  shown: string;
}

/** One way to read the text up to a place. */
interface Thread {
  state: State;
  /** Where each symbol that led here stands; none at the root. */
  trail: Trail | null;
}

const START: Thread = { state: ROOT, trail: null };
const ONLY_START = [START];
const BACKSLASH = 0x5c;

/**
 * Finds the words in every reading of the text, plain or decoded; of those that end at one place in one
 * reading, the longest. All readings are followed at once. One whose state is a suffix of another's is
 * dropped, since the other finds the same words: so there are seldom more than two.
 */
export function findWords(text: string, automaton: Automaton): FoundWord[] {
  const encodings = new Encodings(text);
  const matches: FoundWord[] = [];
  const waiting: (readonly Thread[] | undefined)[] = new Array(text.length + 1);

  const arrive = (thread: Thread, end: number): void => {
    const word = automaton.wordAt(thread.state);
    if (word && thread.trail) {
      matches.push({ start: trailBack(thread.trail, word.symbols.length - 1), end, shown: word.shown });
    }
    if (thread.state === ROOT) return;
    const others = waiting[end];
    if (others?.some(({ state }) => automaton.isEndOf(thread.state, state))) return;
    const kept = others?.filter(({ state }) => !automaton.isEndOf(state, thread.state)) ?? [];
    kept.push(thread);
    waiting[end] = kept;
  };

  const follow = (thread: Thread, at: number, { character, end }: ReadCharacter): void => {
    const symbol = symbolOf(character);
    const state = automaton.step(thread.state, symbol);
    if (state !== ROOT) arrive({ state, trail: extend(thread.trail, at) }, end);
    // Escaping doubles backslashes, so one more of them changes nothing.
    if (symbol === BACKSLASH && automaton.lastOf(thread.state) === BACKSLASH) arrive(thread, end);
  };

  for (let at = 0; at < text.length; ) {
    const threads = waiting[at] ?? ONLY_START;
    waiting[at] = undefined;
    const plain = plainReading(text, at);
    for (const thread of threads) {
      follow(thread, at, plain);
      for (const reading of encodings.at(at)) follow(thread, at, reading);
    }
    at = plain.end;
  }
  return matches;
}
