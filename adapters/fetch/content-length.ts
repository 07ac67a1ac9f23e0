/**
 * How many body bytes a response has promised, or `null` if it promised nothing that can be counted.
 *
 * Answers to HEAD, 204 and 304 describe a body without having one (RFC 9110 §6.4.1); a transfer coding overrides the
 * length (RFC 9112 §6.3).
 */
export function promisedLength(method: string, status: number, headers: Headers): number | null {
  if (method === "HEAD" || status === 204 || status === 304) return 0;
  const length = headers.get("content-length");
  if (length === null || headers.has("transfer-encoding") || !/^\d+$/.test(length)) return null;
  const bytes = Number(length);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
