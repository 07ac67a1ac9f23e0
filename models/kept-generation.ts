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
