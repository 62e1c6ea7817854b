export { configJsonSchema } from './config-schema.ts';
export {
  type ConfigText,
  type LoadedConfig,
  type LoadOptions,
  parseConfig,
} from './parse-config.ts';
export { type ReadIo, readConfigTexts } from './read-config-texts.ts';
