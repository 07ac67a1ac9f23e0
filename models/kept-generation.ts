import { type Generation, isWhole, type KeptGeneration, type RecordRow, storedOf } from "./record-row.ts";
import { isResumable } from "./representation.ts";
import { sameValidator } from "./validator.ts";

/**
 * Which earlier generation stays in a record's row beside `next`, the one that is received now (P3).
 *
 * The longest that could still be gone on with: not one of the same validator, whose place `next` has taken, and none
 * once `next` is whole or as long.
 */
export function keptBeside(
  row: Pick<RecordRow, "generation" | "response" | "kept">,
  next: Generation,
): KeptGeneration | null {
  const { generation, response, kept } = row;
  if (isWhole(next)) return null;
  const present = generation === null || response === null ? null : { generation, response };
  const worthIt = [kept, present].filter(
    (each): each is KeptGeneration => each !== null && outweighs(each.generation, next),
  );
  return worthIt.sort((one, other) => storedOf(other.generation) - storedOf(one.generation))[0] ?? null;
}

function outweighs(old: Generation, next: Generation): boolean {
  if (old.bodyId === next.bodyId || !isResumable(old.representation)) return false;
  return !sameValidator(old.representation.validator, next.representation.validator) && storedOf(old) > storedOf(next);
}

/** Every body that a record's row names. */
export function bodyIdsOf({ generation, kept, requestBody, refusal }: RecordRow): readonly string[] {
  return [generation?.bodyId, kept?.generation.bodyId, requestBody?.bodyId, refusal?.bodyId].filter(
    (bodyId): bodyId is string => bodyId !== undefined,
  );
}

/** Whether a part of a body is stored that nobody can go on with: the next answer takes its place. */
export function isUseless(generation: Generation | null): boolean {
  return generation !== null && !isWhole(generation) && !isResumable(generation.representation);
}

/** A row that nobody works on, as a reader may see it: what an earlier process left of use to nobody is no response. */
export function withoutUseless(row: RecordRow): RecordRow {
  const hides = row.state === "pending" && isUseless(row.generation);
  return hides ? { ...row, generation: null, response: null } : row;
}

/** The row with this much of one of its generations, which goes if nothing is left of it. */
export function withReceived({ generation, response, kept }: RecordRow, left: Generation): Partial<RecordRow> {
  const nothing = left.received.length === 0;
  if (generation?.bodyId === left.bodyId)
    return nothing ? { generation: null, response: null } : { generation: left, response };
  return { kept: kept === null || nothing ? null : { ...kept, generation: left } };
}
