/**
 * Whether a whole answer looks like the page of a network that wants a login first, and not like the resource of which
 * bytes are held already.
 *
 * `heldType` is the media type that those bytes came with, `null` where none are held: a first answer has nothing it
 * could be told from. A page in place of something else, with nothing that could identify it, is suspicious; a resource that really
 * became such a page fails in the end, with its old bytes still there.
 */
export function looksLikePortal(heldType: string | null, headers: Headers): boolean {
  if (heldType === null || isPage(heldType)) return false;
  return isPage(headers.get("content-type") ?? "") && !headers.has("etag") && !headers.has("last-modified");
}

function isPage(type: string): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)(?![^\s;])/i.test(type.trim());
}
