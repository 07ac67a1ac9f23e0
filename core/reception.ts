import type { Generation, ResponseHead } from "../models/record-row.ts";
import type { ResponseVerdict } from "../models/response-verdict.ts";
import type { Reception } from "./receive-body.ts";

/** A response whose body is wanted, and what was there before it. */
export interface Arrival {
  readonly stored: Generation | null;
  readonly firstHead: ResponseHead;
  readonly head: ResponseHead;
  readonly allowance: number;
  newBodyId(): string;
}

/** Where its bytes go: behind those that are stored, or into a body of their own. */
export function receptionOf(
  verdict: Extract<ResponseVerdict, { readonly type: "append" | "restart" }>,
  { stored, firstHead, head, allowance, newBodyId }: Arrival,
): Reception {
  const { length, representation } = verdict;
  const common = { length, representation, allowance };
  if (verdict.type === "append" && stored !== null) {
    const { bodyId, received } = stored;
    return { ...common, bodyId, received, offset: verdict.offset, skip: verdict.skip, head: firstHead };
  }
  return { ...common, bodyId: newBodyId(), received: null, offset: 0, skip: 0, head };
}
