import { lstatSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { Complaint } from "../complaint.ts";
import { controlAddress } from "./control-address.ts";
import { type ControlAnswer, type ControlRequest, readMessage, writeMessage } from "./control-protocol.ts";

type Success = Extract<ControlAnswer, { readonly ok: true }>;

/** How long an answer may take; pausing waits for the disk. */
const patienceMs = 30_000;

/**
 * Ask the process that runs the store, or get `null` if there is none.
 *
 * @throws Complaint with what it answered, if it refused.
 */
export async function askOwner(store: string, request: ControlRequest): Promise<Success | null> {
  const address = addressOf(store);
  if (address === null) return null;
  const socket = connect(address);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
    });
  } catch {
    return null;
  }
  socket.on("error", () => undefined);
  socket.setTimeout(patienceMs, () => socket.destroy());
  writeMessage(socket, request);
  const answer = (await readMessage(socket).catch(() => null)) as ControlAnswer | null;
  if (answer === null) throw new Complaint("The process that runs this store ended without an answer: try again.", 1);
  if (!answer.ok) throw new Complaint(answer.error, answer.exitCode);
  return answer;
}

function addressOf(store: string): string | null {
  try {
    const address = controlAddress(store);
    if (process.platform === "win32") return address;
    // In a folder that everybody may write to, a socket may be anybody's: only our own user's is talked to.
    return lstatSync(address).uid === userInfo().uid ? address : null;
  } catch {
    return null;
  }
}
