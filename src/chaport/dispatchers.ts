/** Loaded with the first request only. Named here, since a bundled CommonJS module has no names of its own. */
export { Agent, ProxyAgent } from 'undici';
