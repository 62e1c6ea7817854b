export {
  type LoadedFiles,
  type LoadOptions,
  loadConfigFiles,
  type ParsedConfig,
  parseConfig,
} from './load.ts';
export { configJsonSchema } from './schema/json-schema.ts';
export type { ConfigText } from './source/config-text.ts';
export { withExcerpts } from './source/excerpts.ts';
export { type ReadIo, readConfigTexts, readNamedTexts } from './source/read-files.ts';
