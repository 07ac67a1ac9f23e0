import type { TransportErrorKind } from "../../core/ports/index.ts";

/** Codes of Node, undici, Bun and Deno; each family is listed where its meaning does not follow from its prefix. */
const kinds: ReadonlyMap<string, TransportErrorKind> = new Map(
  Object.entries({
    ENOTFOUND: "unreachable",
    ENODATA: "unreachable",
    EHOSTUNREACH: "unreachable",
    EHOSTDOWN: "unreachable",
    ENETUNREACH: "unreachable",
    ENETDOWN: "unreachable",
    EADDRNOTAVAIL: "unreachable",
    EMFILE: "unreachable",
    ENFILE: "unreachable",
    ENOBUFS: "unreachable",
    UND_ERR_PRX_CONN: "unreachable",
    ECONNRESET: "interrupted",
    ECONNABORTED: "interrupted",
    EPIPE: "interrupted",
    UND_ERR_SOCKET: "interrupted",
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "interrupted",
    ConnectionRefused: "refused",
    ECONNREFUSED: "refused",
    EACCES: "refused",
    EPERM: "refused",
    ERR_ACCESS_DENIED: "refused",
    ETIMEDOUT: "timeout",
    UND_ERR_CONNECT_TIMEOUT: "timeout",
    UND_ERR_HEADERS_TIMEOUT: "timeout",
    UND_ERR_BODY_TIMEOUT: "timeout",
    // A record that fails its check in mid-body is damage on the way, not a peer to distrust (E13).
    ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC: "interrupted",
    ERR_SSL_SSL_TLSV1_ALERT_BAD_RECORD_MAC: "interrupted",
    DEPTH_ZERO_SELF_SIGNED_CERT: "insecure",
    SELF_SIGNED_CERT_IN_CHAIN: "insecure",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "insecure",
    HOSTNAME_MISMATCH: "insecure",
    INVALID_CA: "insecure",
    INVALID_PURPOSE: "insecure",
    PATH_LENGTH_EXCEEDED: "insecure",
    EPROTO: "insecure",
    UND_ERR_PRX_TLS: "insecure",
    // The parser met the end of the stream, or a length that was not kept: HTTP, but not all of it.
    HPE_INVALID_EOF_STATE: "interrupted",
    UND_ERR_HEADERS_OVERFLOW: "malformed",
  } as const),
);

const families: readonly (readonly [RegExp, TransportErrorKind])[] = [
  [/^EAI_/, "unreachable"],
  [/^(CERT|CRL|UNABLE_TO_(GET|DECRYPT|DECODE|VERIFY))_|^ERR_(TLS|SSL)_/, "insecure"],
  [/^HPE_/, "malformed"],
];

/** The kind that an error code stands for, or `undefined` if the code is not one we know. */
export function kindOfCode(code: string): TransportErrorKind | undefined {
  return kinds.get(code) ?? families.find(([pattern]) => pattern.test(code))?.[1];
}

/**
 * The first code in an error, the errors it gathers, and its causes.
 *
 * Happy eyeballs gather one error for each address; `fetch` hides the real one in `cause`.
 */
export function codeOf(error: unknown, depth = 4): string | undefined {
  if (typeof error !== "object" || error === null || depth === 0) return undefined;
  const { code, cause, errors, name, message } = error as { readonly [key: string]: unknown };
  if (typeof code === "string") return code;
  // undici 8.12 looks its parser's codes up the wrong way round and gives `undefined`.
  if (name === "HTTPParserError") return /EOF/.test(String(message)) ? "HPE_INVALID_EOF_STATE" : "HPE_INVALID";
  const inner: readonly unknown[] = Array.isArray(errors) ? [...errors, cause] : [cause];
  return inner.map((each) => codeOf(each, depth - 1)).find((found) => found !== undefined);
}
