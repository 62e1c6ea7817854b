/** Loaded where a proxy is set, with all of undici: its proxy agent needs that. Named here, since a bundled CommonJS module has no names of its own. */
export { ProxyAgent } from 'undici';
