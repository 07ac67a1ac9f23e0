import { suggestedFileName } from "./content-disposition.ts";
import { percentDecode } from "./percent-decoding.ts";

/** Bytes of UTF-8. File systems take 255; the rest is room for ` (12)` and `.part`. */
const longestName = 240;
const longestExtension = 20;

/** What Windows takes for a device, or a desktop for its own settings, whatever the extension of a device says. */
const reserved =
  /^(?:(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\.|$)|(?:desktop\.ini|autorun\.inf|thumbs\.db)$)/i;

/**
 * Name the file for what was downloaded: one path segment, safe on every platform, never empty.
 *
 * The Content-Disposition decides, then the last segment of the URL's path.
 *
 * @example
 * ```ts
 * fileNameOf("https://example.com/a/episode%205.mp3?key=1", null); // => "episode 5.mp3"
 * ```
 */
export function fileNameOf(url: string, contentDisposition: string | null): string {
  const suggested = contentDisposition === null ? null : suggestedFileName(contentDisposition);
  return safeFileName(suggested || lastSegmentOf(url));
}

/** Make one safe path segment of any text; a text that is one already stays as it is. */
export function safeFileName(text: string): string {
  const segment = text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1);
  const visible = segment.replace(/\p{Cf}/gu, "").replace(/[<>:"|?*\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, "_");
  const name = shorten(trimEnd(visible.trimStart())).replace(/^[.-]/, "_");
  if (name === "") return "download";
  return reserved.test(name) ? shorten(`_${name}`) : name;
}

function lastSegmentOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { pathname } = new URL(url);
  const segment = pathname.slice(pathname.lastIndexOf("/") + 1);
  return new TextDecoder().decode(percentDecode(segment));
}

/** A loop, because `/[. ]+$/` takes quadratic time on a name of many dots. */
function trimEnd(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}

/** Cut the stem, not the extension, and never through a code point. */
function shorten(name: string): string {
  if (byteLength(name) <= longestName) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && byteLength(name.slice(dot)) <= longestExtension ? name.slice(dot) : "";
  const stem = name.slice(0, name.length - extension.length);
  return trimEnd(cut(stem, longestName - byteLength(extension))) + extension;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function cut(text: string, bytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
