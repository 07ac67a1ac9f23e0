/**
 * Every code a {@link LonghaulError} can carry. Codes are stable within a major version; messages are not.
 *
 * docs/errors.md says of each what happened and what to do.
 */
export type LonghaulErrorCode =
  | "LONGHAUL_BODY_CLOSED"
  | "LONGHAUL_BODY_DENIED"
  | "LONGHAUL_BODY_DESTINATION_EXISTS"
  | "LONGHAUL_BODY_EXISTS"
  | "LONGHAUL_BODY_FAILED"
  | "LONGHAUL_BODY_FULL"
  | "LONGHAUL_BODY_MISSING"
  | "LONGHAUL_ENGINE_CLOSED"
  | "LONGHAUL_JOURNAL_CLOSED"
  | "LONGHAUL_JOURNAL_CORRUPT"
  | "LONGHAUL_JOURNAL_DENIED"
  | "LONGHAUL_JOURNAL_FAILED"
  | "LONGHAUL_JOURNAL_FULL"
  | "LONGHAUL_JOURNAL_NEWER"
  | "LONGHAUL_LOCK_HELD"
  | "LONGHAUL_LOCK_LOST";

/**
 * A fault in the engine or in a port.
 *
 * A transfer that fails is *not* an error: it settles its record with a failure reason.
 * Arguments that are wrong throw `TypeError`, which has no code and should not be caught.
 */
export class LonghaulError extends Error {
  override readonly name = "LonghaulError";
  readonly code: LonghaulErrorCode;
  /** Recognises the class across realms and across two copies of the package. */
  readonly "~longhaul" = "error";

  constructor(code: LonghaulErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Prefer this to `instanceof`, which fails across realms and duplicate installs. */
export function isLonghaulError(error: unknown): error is LonghaulError {
  return typeof error === "object" && error !== null && (error as LonghaulError)["~longhaul"] === "error";
}
