/** Scheme, host and port of an absolute URL; `"null"`, which equals no real origin, if it has none or is no URL. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "null";
}

/**
 * A URL as a log or a message may show it: without userinfo, fragment, and what the query says.
 *
 * Signed URLs carry their secret in the query; that there was one is kept, because it helps to find a fault.
 */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return "(not a URL)";
  const { protocol, origin, pathname, search } = new URL(url);
  // data:, blob: and the like: the path itself may be the secret.
  if (protocol !== "http:" && protocol !== "https:") return `${protocol}…`;
  return `${origin}${pathname}${search === "" ? "" : "?…"}`;
}

/**
 * The URL that answered a request for `asked`, as it may be kept: a query that the caller did not give is left out as in
 * {@link shownUrl}, because a redirect to a signed URL carries its secret there.
 */
export function keptUrl(final: string, asked: string): string {
  if (final === asked || !URL.canParse(final)) return asked;
  const search = URL.canParse(asked) ? new URL(asked).search : "";
  const url = new URL(final);
  return url.search === "" || url.search === search ? url.href : shownUrl(final);
}
