import { bytesOf } from "../../origin/body.ts";
import type { FaultRequest } from "../fault-request.ts";
import type { Answer } from "../fault-server.ts";

/** What a server has at a URL. */
export interface Served {
  readonly body: Buffer;
  /** Header fields that belong to it, its validators first of all. */
  readonly fields: Fields;
}

/** `null` takes a field away; a list writes one line for each value. */
export type Fields = { readonly [name: string]: string | number | readonly string[] | null };

/** How an answer is put on the wire, and where it breaks off. */
export interface Framing {
  /** @default "length" */
  readonly framing?: "length" | "chunked" | "close";
  /** Write only so many bytes of the body. */
  readonly cut?: number;
  /** What follows the last byte written: by default nothing, behind a cut and an unframed body a FIN. */
  readonly how?: "fin" | "rst" | "stall" | "stay";
  /** Header fields beside, or instead of, those that the answer has by itself. */
  readonly fields?: Fields;
  /** Bytes behind the body that nobody promised. */
  readonly beyond?: Uint8Array;
}

/** `size` bytes that no other seed has. */
export function served(seed: number, size: number, fields: Fields = {}): Served {
  return { body: Buffer.from(bytesOf(seed, 0, size)), fields };
}

/** The first line and the header fields of an answer, with the empty line that ends them. */
export function head(status: number, fields: Fields): string {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((each) => `${name}: ${each}\r\n`),
  );
  return `HTTP/1.1 ${status} As It Is\r\n${lines.join("")}\r\n`;
}

/** Write an answer of `status` with `body`, framed and broken off as told. */
export function answer(status: number, body: Uint8Array, options: Framing = {}): Answer {
  const { framing = "length", cut, beyond, fields = {} } = options;
  const how = options.how ?? (cut !== undefined || framing === "close" ? "fin" : "stay");
  const framed: Fields = {
    length: { "content-length": body.byteLength },
    chunked: { "transfer-encoding": "chunked" },
    close: { connection: "close" },
  }[framing];
  return async (wire) => {
    await wire.write(head(status, { ...framed, ...fields }));
    const part = body.subarray(0, cut);
    if (part.byteLength > 0) await wire.write(framing === "chunked" ? chunk(part) : part);
    if (framing === "chunked" && cut === undefined) await wire.write("0\r\n\r\n");
    if (beyond !== undefined) await wire.write(beyond);
    if (how === "fin") wire.end();
    if (how === "rst") wire.reset();
    if (how === "stall") await wire.closed;
  };
}

/** 200 with everything, whatever was asked for. */
export function whole({ body, fields }: Served, options: Framing = {}): Answer {
  return answer(200, body, { ...options, fields: { ...fields, ...options.fields } });
}

/** Which bytes a part has, and which it says it has. */
export interface PartOptions extends Framing {
  /** First byte sent, from the first asked for. @default 0 */
  readonly shift?: number;
  /** First byte sent, whatever was asked for. */
  readonly start?: number;
  /** How many bytes to send. @default all */
  readonly size?: number;
  /** Instead of the true Content-Range; `null` for none. */
  readonly contentRange?: string | null;
  /** Instead of the true total in it. */
  readonly total?: number | "*";
}

/** 206 with the bytes asked for, whatever its condition says; 200 to a request without a Range. */
export function part(of: Served, options: PartOptions = {}): Answer {
  return (wire, request) => {
    if (!request.headers.has("range")) return whole(of, options)(wire, request);
    const start = options.start ?? request.start + (options.shift ?? 0);
    const body = of.body.subarray(start, options.size === undefined ? undefined : start + options.size);
    const { contentRange = `bytes ${start}-${start + body.length - 1}/${options.total ?? of.body.length}` } = options;
    const fields = { ...of.fields, "content-range": contentRange, ...options.fields };
    return answer(206, body, { ...options, fields })(wire, request);
  };
}

/** As RFC 9110 wants it: a part if the condition holds, 416 where nothing is left, else everything. */
export function faithful(of: Served, options: Framing = {}): Answer {
  return (wire, request) => {
    if (!request.headers.has("range") || !holds(of, request)) return whole(of, options)(wire, request);
    if (request.start < of.body.length) return part(of, options)(wire, request);
    const fields = { ...of.fields, "content-range": `bytes */${of.body.length}` };
    return answer(416, Buffer.alloc(0), { fields })(wire, request);
  };
}

function holds({ fields }: Served, { headers }: FaultRequest): boolean {
  const condition = headers.get("if-range");
  if (condition === undefined) return true;
  return condition.startsWith('"') ? condition === fields["etag"] : condition === fields["last-modified"];
}

/** Write exactly this, and nothing else; FIN behind it unless told otherwise. */
export function raw(
  bytes: string | Uint8Array | readonly (string | Uint8Array)[],
  how: "fin" | "rst" | "stay" = "fin",
): Answer {
  const pieces = typeof bytes === "string" || bytes instanceof Uint8Array ? [bytes] : bytes;
  return async (wire) => {
    for (const piece of pieces) await wire.write(piece);
    if (how === "fin") wire.end();
    if (how === "rst") wire.reset();
  };
}

export function chunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}
