import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { ExitCode } from "../complaint.ts";

/** One question to the process that runs a store: a line of JSON, answered by a line of JSON. */
export type ControlRequest =
  | { readonly command: "pause" | "resume" | "abort"; readonly id: string }
  /** The states of all active registrations, by id. */
  | { readonly command: "states" };

export type ControlAnswer =
  | { readonly ok: true; readonly said: string; readonly states?: { readonly [id: string]: string } }
  | { readonly ok: false; readonly error: string; readonly exitCode: ExitCode };

/** The first line that comes, parsed; `null` if the other side ends without one. @throws SyntaxError if it is no JSON. */
export async function readMessage(socket: Socket): Promise<unknown> {
  for await (const line of createInterface({ input: socket })) return JSON.parse(line);
  return null;
}

export function writeMessage(socket: Socket, message: ControlRequest | ControlAnswer): void {
  socket.end(`${JSON.stringify(message)}\n`);
}
