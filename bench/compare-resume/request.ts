/** What of a request's head these scenarios answer to. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** The one range that was asked for, `end` inclusive as in the field; `null` for the whole. */
  readonly range: { readonly start: number; readonly end: number | null } | null;
  readonly ifRange: string | null;
  readonly ifMatch: string | null;
}

/** Read the head of a request, without its empty line. */
export function parseRequest(head: string): Request {
  const [line = "", ...lines] = head.split("\r\n");
  const [method = "", target = ""] = line.split(" ");
  const fields = new Map(
    lines.map((each): [string, string] => {
      const colon = each.indexOf(":");
      return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()];
    }),
  );
  const range = /^bytes=(\d+)-(\d*)$/.exec(fields.get("range") ?? "");
  return {
    method,
    path: new URL(target, "http://localhost").pathname,
    range: range === null ? null : { start: Number(range[1]), end: range[2] === "" ? null : Number(range[2]) },
    ifRange: fields.get("if-range") ?? null,
    ifMatch: fields.get("if-match") ?? null,
  };
}

/** Whether somebody holds the beginning and wants the rest: a range from 0 on is the whole, said in another way. */
export function startOf(request: Request): number {
  return request.range?.start ?? 0;
}
