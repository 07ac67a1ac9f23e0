import type { KeptGeneration, ResponseHead } from "../models/record-row.ts";
import type { ResponseVerdict } from "../models/response-verdict.ts";
import type { Reception } from "./receive-body.ts";

/** A verdict by which a response's body is wanted. */
export type BodyVerdict = Extract<ResponseVerdict, { readonly type: "append" | "restart" }>;

/** A response whose body is wanted, and what it goes on from. */
export interface Arrival {
  readonly base: KeptGeneration | null;
  readonly head: ResponseHead;
  readonly codings: readonly string[];
  readonly allowance: number;
  newBodyId(): string;
}

/** Where its bytes go: behind those that are stored, or into a body of their own. */
export function receptionOf(verdict: BodyVerdict, { base, head, codings, allowance, newBodyId }: Arrival): Reception {
  const { length, representation } = verdict;
  const common = { length, representation, codings, allowance };
  if (verdict.type === "append" && base !== null) {
    const { bodyId, received } = base.generation;
    return { ...common, bodyId, received, offset: verdict.offset, skip: verdict.skip, head: base.response };
  }
  return { ...common, bodyId: newBodyId(), received: null, offset: 0, skip: 0, head };
}
