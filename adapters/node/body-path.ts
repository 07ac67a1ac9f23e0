import { join } from "node:path";
import { assertBodyId } from "../memory/body-id.ts";

/** Where the bodies of the store in `directory` are. */
export function bodiesDirectoryOf(directory: string): string {
  return join(directory, "bodies");
}

/**
 * Where a body is kept: one of 256 directories, by the first two digits of its id.
 *
 * @throws TypeError if `bodyId` is not a body's id: a path is never made of anything else.
 */
export function bodyPathOf(directory: string, bodyId: string): string {
  assertBodyId(bodyId);
  return join(bodiesDirectoryOf(directory), bodyId.slice(0, 2), bodyId);
}
