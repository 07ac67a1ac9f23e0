import type { Socket } from "node:net";
import type { Explanation } from "../../core/index.ts";
import type { ExitCode } from "../complaint.ts";

/** One question to the process that runs a store: a line of JSON, answered by a line of JSON. */
export type ControlRequest =
  | { readonly command: "pause" | "resume" | "abort"; readonly id: string }
  /** Why it stands where it stands. */
  | { readonly command: "explain"; readonly id: string }
  /** The states of all active registrations, by id. */
  | { readonly command: "states" };

export type ControlAnswer =
  | {
      readonly ok: true;
      readonly said: string;
      readonly states?: { readonly [id: string]: string };
      readonly explanation?: Explanation | undefined;
    }
  | { readonly ok: false; readonly error: string; readonly exitCode: ExitCode };

/** Far more than the longest message has. */
const longestMessage = 16 * 1024 * 1024;

/**
 * The first line that comes, parsed; `null` if the other side ends without one.
 *
 * Not through readline: it hands the socket's later errors on to where nobody listens.
 *
 * @throws SyntaxError if it is no JSON.
 */
export async function readMessage(socket: Socket): Promise<unknown> {
  let text = "";
  for await (const chunk of socket.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const end = text.indexOf("\n");
    if (end !== -1) return JSON.parse(text.slice(0, end));
    if (text.length > longestMessage) throw new SyntaxError("A message has no end");
  }
  return null;
}

export function writeMessage(socket: Socket, message: ControlRequest | ControlAnswer): void {
  socket.end(`${JSON.stringify(message)}\n`);
}
