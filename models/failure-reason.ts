/**
 * Why a record or a registration failed, in the words of the specification (`BackgroundFetchFailureReason`,
 * without the empty string that stands for "it did not").
 */
export type FailureReason = "aborted" | "bad-status" | "fetch-error" | "quota-exceeded" | "download-total-exceeded";

/** `""` while it runs, as the specification's `BackgroundFetchResult` has it. */
export type FetchResult = "" | "success" | "failure";
