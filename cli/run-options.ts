/** What `get` and `resume` have in common: how to transfer, and how to tell about it. */
export interface RunOptions {
  /** Exchanges at a time, all in all; undefined: the engine's own limits. */
  readonly connections?: number;
  /** Failures in a row before a record is given up. */
  readonly retries: number;
  /** Where connections may go: `public` leaves out every private address. */
  readonly network?: "any" | "public";
  readonly json?: boolean;
  readonly quiet?: boolean;
}
