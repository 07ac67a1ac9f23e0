import type { IncomingHttpHeaders } from "node:http";

/** The response's header fields as undici read them: each byte of a value is the character of that number. */
export function headersOf(fields: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    // HTTP/2 has `:status` among them.
    if (value === undefined || name.startsWith(":")) continue;
    for (const each of [value].flat()) headers.append(name, each);
  }
  return headers;
}
