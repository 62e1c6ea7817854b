import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Contexts = Readonly<Record<string, unknown>>;

const STATUS_FUNCTIONS = ['success', 'failure', 'always'];

/** What GitHub's own evaluator makes of the `${{ … }}` in a text. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_whole, expression: string) =>
    evaluate(expression.trim(), contexts, false).coerceString(),
  );
}

/** The list that an expression gives. */
export function listIn(text: string, contexts: Contexts): string[] {
  const [, expression = ''] = /^\$\{\{(.*)\}\}$/.exec(text) ?? [];
  return JSON.parse(evaluate(`toJSON(${expression})`, contexts, false).coerceString());
}

/** Whether a job or step with this `if` runs. Without a function of its own it asks for success before. */
export function holds(condition: string | undefined, contexts: Contexts, failedBefore: boolean): boolean {
  if (condition === undefined) return !failedBefore;
  const asksItself = STATUS_FUNCTIONS.some((name) => condition.includes(`${name}()`));
  if (!asksItself && failedBefore) return false;
  const result = evaluate(condition, contexts, failedBefore);
  return !['false', '0', ''].includes(result.coerceString());
}

function evaluate(expression: string, contexts: Contexts, failedBefore: boolean): data.ExpressionData {
  const answers = { success: !failedBefore, failure: failedBefore, always: true };
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse();
  const context = new data.Dictionary();
  for (const [name, value] of Object.entries(contexts)) context.add(name, toData(value));
  return new Evaluator(tree, context, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

function toData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (value === null || typeof value !== 'object') return new data.Null();
  return new data.Dictionary(...Object.entries(value).map(([key, part]) => ({ key, value: toData(part) })));
}
