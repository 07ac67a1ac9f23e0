import type { AbortOptions } from "./abort-options.ts";

/** The answers of the Permissions API. */
export type PermissionState = "granted" | "denied" | "prompt";

/**
 * Says whether a background fetch may be made (specification: the powerful feature "background-fetch").
 *
 * `query` is asked before each fetch. With `"denied"` the fetch is refused; with `"prompt"` it starts paused, and the
 * user lets it go on, or aborts it, through the {@link Notifier}. `query` must not wait for a person.
 */
export interface Permission {
  readonly name: string;
  query(options?: AbortOptions): Promise<PermissionState>;
}
