/** Accepted, as the last parameter, by every asynchronous method of every port. */
export interface AbortOptions {
  /** Aborted: the method rejects with the signal's reason, an `AbortError` unless the caller chose another. */
  readonly signal?: AbortSignal | undefined;
}
