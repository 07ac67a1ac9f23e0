export type { ExchangeFailure } from "../models/exchange-failure.ts";
export type { FailureReason, FetchResult } from "../models/failure-reason.ts";
export { fileNameOf } from "../models/file-name.ts";
export type { RecordRow } from "../models/record-row.ts";
export type { FetchPriority, ImageResource, RegistrationRow } from "../models/registration-row.ts";
export type { CacheQueryOptions } from "../models/request-match.ts";
export type { RetryPolicy } from "../models/retry-policy.ts";
export { shownUrl } from "../models/url-origin.ts";
export { BackgroundFetchEvent, type BackgroundFetchEventInit } from "./background-fetch-event.ts";
export { BackgroundFetchManager } from "./background-fetch-manager.ts";
export { BackgroundFetchRecord } from "./background-fetch-record.ts";
export { BackgroundFetchRegistration } from "./background-fetch-registration.ts";
export { BackgroundFetchUpdateUIEvent } from "./background-fetch-update-ui-event.ts";
export { createEngine, Engine } from "./engine.ts";
export type {
  EngineEvents,
  FaultNotice,
  ProgressNotice,
  RecordProgress,
  RecordSettledNotice,
  RecordStateNotice,
  RegistrationStateNotice,
} from "./engine-events.ts";
export { isLonghaulError, LonghaulError, type LonghaulErrorCode } from "./errors.ts";
export type { EventHandler } from "./event-handler.ts";
export type { Explanation, Reason, RecordExplanation } from "./explanation.ts";
export { ExtendableEvent } from "./extendable-event.ts";
export type { BackgroundFetchOptions, FetchExtensions } from "./fetch-options.ts";
export type { HeaderProvider, HeaderQuery } from "./header-provider.ts";
export type { RequestInput } from "./intake.ts";
export type { EngineOptions } from "./options.ts";
export type { EnginePorts } from "./ports/engine-ports.ts";
export { readStore, type StoreReader } from "./read-store.ts";
export type { RecordStatus } from "./record-actor.ts";
export type { Salvage } from "./salvage.ts";
export type { LowSpeed } from "./speed-watch.ts";
export { isTransportError, TransportError, type TransportErrorKind } from "./transport-error.ts";
export type { BackgroundFetchUIOptions } from "./ui-options.ts";
