import type { RunOptions } from "./run-options.ts";

/** The options of `get`, as they were given. */
export interface GetOptions extends RunOptions {
  readonly output?: string;
  readonly directory?: string;
  /** A file with further URLs; `-` is the standard input. */
  readonly input?: string;
  readonly id?: string;
  readonly title?: string;
  /** Bytes of all bodies together, at most. */
  readonly total?: number;
  /** `sha256=` and hexadecimal digits. */
  readonly checksum?: string;
  /** Lines, `Name: value`. */
  readonly header?: readonly string[];
  readonly force?: boolean;
  readonly store?: string;
}
