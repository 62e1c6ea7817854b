import { readFileSync } from 'node:fs';
import { type LoadOptions, type ParsedConfig, parseConfig } from '../../src/config/index.ts';
import type { DesiredState } from '../../src/model/desired.ts';
import type { DesiredOperator } from '../../src/model/kinds/operator.ts';
import type { DesiredWebhook } from '../../src/model/kinds/webhook.ts';
import type { Diagnostic } from '../../src/model/source.ts';

export const FIXTURES = new URL('fixtures/', import.meta.url);

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(name, FIXTURES));
}

/** Loads texts by file name, in the order given. */
export function load(
  files: Record<string, string | Uint8Array>,
  options: Partial<LoadOptions> = {},
): ParsedConfig {
  const texts = Object.entries(files).map(([name, text]) => ({
    name,
    bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
  }));
  return parseConfig(texts, { env: {}, ...options });
}

/** Loads one text that is expected to be without errors. */
export function loadSound(text: string | Uint8Array, options: Partial<LoadOptions> = {}): DesiredState {
  const { desired, diagnostics } = load({ 'chaport.yaml': text }, options);
  if (desired === null) throw new Error(`the text has faults: ${JSON.stringify(diagnostics, null, 2)}`);
  return desired;
}

interface Entries {
  operators: readonly DesiredOperator[] | null;
  webhooks: readonly DesiredWebhook[] | null;
}

/** The sections by name, with the types of their entries. */
export function sectionsOf({ sections }: Pick<DesiredState, 'sections'>): Entries {
  return sections as unknown as Entries;
}

/** Loads one text that is expected to be without errors, for its sections. */
export function loadSections(text: string | Uint8Array, options: Partial<LoadOptions> = {}): Entries {
  return sectionsOf(loadSound(text, options));
}

/** `file:line:column code` of every diagnostic. */
export function places(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ source, code }) => `${source?.file}:${source?.line}:${source?.column} ${code}`);
}
