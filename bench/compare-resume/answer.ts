import { STATUS_CODES } from "node:http";

/** One response, byte by byte as it is sent. */
export interface Answer {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  /** What is sent. */
  readonly body: Buffer;
  /** What Content-Length says; `null`: nothing, the body comes in chunks. */
  readonly length: number | null;
  /** Whether the last byte of `body` is the end, or the connection breaks off there. */
  readonly ends: boolean;
}

/** The same answer, broken off after so many bytes of its body, if it has more. */
export function cutAfter(answer: Answer, bytes: number): Answer {
  return bytes >= answer.body.length ? answer : { ...answer, body: answer.body.subarray(0, bytes), ends: false };
}

/** An answer that is not the file. */
export function page(status: number, type: string, text: string): Answer {
  const body = Buffer.from(text);
  return { status, fields: { "content-type": type }, body, length: body.length, ends: true };
}

/** The head, with its empty line. */
export function headOf({ status, fields, length }: Answer): string {
  const framing = length === null ? { "transfer-encoding": "chunked" } : { "content-length": String(length) };
  const all = { date: new Date().toUTCString(), ...fields, ...framing, connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n`;
}

const step = 64 * 1024;

/** The body as it goes over the wire, in small pieces. */
export function* wireOf({ body, length, ends }: Answer): Generator<Buffer, void> {
  for (let at = 0; at < body.length; at += step) {
    const piece = body.subarray(at, at + step);
    if (length === null) yield Buffer.from(`${piece.length.toString(16)}\r\n`);
    yield piece;
    if (length === null) yield Buffer.from("\r\n");
  }
  if (length === null && ends) yield Buffer.from("0\r\n\r\n");
}
