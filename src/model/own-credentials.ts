/** Variables that hold the keys of this program itself. */
const KEYS: readonly string[] = [
  'CHAPORT_TOKEN',
  'MEMBRANE_TOKEN',
  'MEMBRANE_ACCESS_TOKEN',
  'MEMBRANE_WORKSPACE_SECRET',
];
const PROXIES: readonly string[] = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];

/** `user:password@` at the start of an address, with or without its scheme. */
const PASSWORD = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#@]*:[^/?#]+@/i;

/**
 * What an environment variable holds, where it is meant for this program alone: a text of the files with it
 * would send it to others. Upper and lower case are one, as on Windows.
 */
export function ownCredential(name: string, value: string | undefined): string | null {
  const word = name.toUpperCase();
  if (KEYS.includes(word)) return 'a key of this program itself';
  return PROXIES.includes(word) && PASSWORD.test(value ?? '') ? 'the password of the proxy' : null;
}
