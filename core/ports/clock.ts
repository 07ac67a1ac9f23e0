/**
 * Time. The only source of it: `core/` and `models/` never read another clock.
 *
 * `setTimeout` must call back once, not before `ms` milliseconds, for any `ms` up to 2^53 (Node's own fires at once
 * above 2^31 - 1). A pending timer keeps the process alive, where there is such a
 * thing: a record that backs off would otherwise end with it.
 */
export interface Clock {
  /** Milliseconds since 1970, as the wall clock has them: may jump. */
  now(): number;
  setTimeout(callback: (...args: unknown[]) => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}
