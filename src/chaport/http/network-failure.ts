import { RefusedTunnel } from './refused-tunnel.ts';
import { TransportFailure } from './transport.ts';

interface Circumstances {
  /** Host and port of the target. */
  host: string;
  proxyHost: string | null;
  /** Whether the proxy was sent a user name and a password. */
  proxyGotCredentials: boolean;
  /** The setting that says where the server is, for hints. */
  addressSetting: string;
  sent: boolean;
}

interface Finding {
  message: string;
  hint?: string;
  /** Trying again cannot help. */
  transient?: false;
}

/** The library's error as one clause that a user can act on. Its own message is not shown: it may hold anything. */
export function describeNetworkError(error: unknown, circumstances: Circumstances): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const { sent } = circumstances;
  const finding = sent ? brokenExchange(error, circumstances) : failedConnection(error, circumstances);
  return new TransportFailure(sent ? 'unavailable' : 'unreachable', finding.message, {
    acted: sent ? 'maybe' : 'none',
    transient: finding.transient ?? true,
    hint: finding.hint,
  });
}

const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that is not trusted here',
  CERT_UNTRUSTED: 'its certificate comes from an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

function failedConnection(error: unknown, circumstances: Circumstances): Finding {
  const { host, proxyHost, addressSetting } = circumstances;
  const code = codeOf(error);
  if (error instanceof RefusedTunnel) return refusedTunnel(error.status, circumstances);
  const certificate = CERTIFICATE_PROBLEMS[code];
  if (certificate !== undefined) return untrusted(host, certificate, { code, addressSetting });
  if (/^(EPROTO|ERR_SSL_|UND_ERR_PRX_TLS)/.test(code)) {
    return {
      message: `no TLS connection to ${host} (${code})`,
      hint: 'Is this an https port, and does no proxy stand in between?',
    };
  }
  const where = proxyHost === null ? host : `the proxy ${proxyHost}`;
  const setting = proxyHost === null ? `${addressSetting} and the network` : 'HTTPS_PROXY and NO_PROXY';
  return unreachable(code, where, `Check ${setting}.`);
}

function unreachable(code: string, where: string, hint: string): Finding {
  switch (code) {
    case 'ENOTFOUND':
      return { message: `the name of ${where} is not known`, hint };
    case 'EAI_AGAIN':
      return {
        message: `the name of ${where} could not be looked up`,
        hint: 'Check the network and its DNS.',
      };
    case 'ECONNREFUSED':
      return { message: `${where} refused the connection`, hint };
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return { message: `no connection to ${where} in time`, hint };
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
    case 'EPIPE':
      return { message: `${where} closed the connection before the request was sent`, hint };
    default:
      return { message: `no connection to ${where}${code === '' ? '' : ` (${code})`}`, hint };
  }
}

function refusedTunnel(status: number, { host, proxyHost, proxyGotCredentials }: Circumstances): Finding {
  const message = `the proxy ${proxyHost ?? ''} answered ${status} instead of connecting to ${host}`;
  if (status === 407) {
    return {
      message,
      hint: proxyGotCredentials
        ? 'It wants a user name and a password, and those in HTTPS_PROXY were not accepted: check them. Signs such as @ and % in them are percent-encoded.'
        : 'It wants a user name and a password: put them into HTTPS_PROXY, as http://user:password@proxy.example:3128.',
      transient: false,
    };
  }
  if (status === 401 || status === 403) {
    return { message, hint: `Ask its operators to let ${host} through.`, transient: false };
  }
  return { message, hint: 'Check HTTPS_PROXY and NO_PROXY.' };
}

function untrusted(
  host: string,
  problem: string,
  { code, addressSetting }: { code: string; addressSetting: string },
): Finding {
  return {
    message: `${host} is not to be trusted: ${problem} (${code})`,
    hint: `Where a proxy or a company authority signs it, name that authority’s file in NODE_EXTRA_CA_CERTS; else check ${addressSetting} and the clock.`,
    transient: false,
  };
}

function brokenExchange(error: unknown, { addressSetting }: Circumstances): Finding {
  const code = codeOf(error);
  if (code.startsWith('HPE_'))
    return { message: `the answer is not HTTP (${code})`, hint: `Check ${addressSetting}.` };
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { message: 'the head of the answer is too large' };
  return { message: 'the connection was cut before the answer was complete' };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses of one host were tried.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.cause === undefined ? '' : codeOf(error.cause);
}
