import type { Permission, PermissionState } from "../../core/ports/index.ts";

/** Grants every fetch: for programs, which nobody asks for permission. */
export class AlwaysGranted implements Permission {
  readonly name = "always granted";

  async query(): Promise<PermissionState> {
    return "granted";
  }
}
