import { isLonghaulError, type LonghaulErrorCode } from "../../core/ports/index.ts";
import { check, rejection } from "./contract.ts";

/** Whether both say the same in JSON, or hold the same bytes. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) {
    return one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index]);
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Breaks the contract unless `act` rejects with a `LonghaulError` of this code. */
export async function refuses(code: LonghaulErrorCode, act: () => Promise<unknown>): Promise<void> {
  const error = await rejection(act);
  check(isLonghaulError(error) && error.code === code, `rejects with ${code}, not ${String(error)}`);
}

/** Breaks the contract unless each of `acts` rejects with the reason of the aborted signal it is given. */
export async function refusesAborted(acts: readonly ((signal: AbortSignal) => Promise<unknown>)[]): Promise<void> {
  const reason = new Error("the caller's own reason");
  const signal = AbortSignal.abort(reason);
  for (const act of acts) check((await rejection(() => act(signal))) === reason, "rejects with the signal's reason");
}
