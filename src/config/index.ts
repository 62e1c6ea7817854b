export { configJsonSchema } from './config-schema.ts';
export type { ConfigText } from './config-text.ts';
export { withExcerpts } from './excerpts.ts';
export { type LoadedFiles, loadConfigFiles } from './load-config-files.ts';
export {
  type LoadedConfig,
  type LoadOptions,
  parseConfig,
} from './parse-config.ts';
export { type ReadIo, readConfigTexts } from './read-config-texts.ts';
