import { abortCases } from "./abort-cases.ts";
import { eventCases } from "./event-cases.ts";
import { failureCases } from "./failure-cases.ts";
import { fetchCases } from "./fetch-cases.ts";
import { fetchOptionCases } from "./fetch-option-cases.ts";
import { getCases } from "./get-cases.ts";
import type { ConformanceCase } from "./harness.ts";
import { interfaceCases } from "./interface-cases.ts";
import { matchCases } from "./match-cases.ts";
import { progressCases } from "./progress-cases.ts";
import { recordCases } from "./record-cases.ts";
import { responseCases } from "./response-cases.ts";
import { uploadCases } from "./upload-cases.ts";

/** All of them, by the part of the specification that they are about. */
export const conformanceCases: { readonly [unit: string]: readonly ConformanceCase[] } = {
  "the interfaces": interfaceCases,
  "BackgroundFetchManager.fetch()": fetchCases,
  BackgroundFetchOptions: fetchOptionCases,
  "BackgroundFetchManager.get() and getIds()": getCases,
  "BackgroundFetchRegistration.abort()": abortCases,
  "match() and matchAll()": matchCases,
  BackgroundFetchRecord: recordCases,
  "a response while it downloads": responseCases,
  progress: progressCases,
  failures: failureCases,
  "functional events": eventCases,
  uploads: uploadCases,
};
