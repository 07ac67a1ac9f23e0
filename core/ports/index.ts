export type { DigestAlgorithm } from "../../models/integrity.ts";
export { isLonghaulError, LonghaulError, type LonghaulErrorCode } from "../errors.ts";
export { isTransportError, TransportError, type TransportErrorKind } from "../transport-error.ts";
export type { AbortOptions } from "./abort-options.ts";
export type {
  Body,
  BodySlice,
  BodyStore,
  BodyStoreCapabilities,
  IntactBytes,
  MoveOutOptions,
} from "./body-store.ts";
export type { Clock } from "./clock.ts";
export type { Codings, CodingsCapabilities } from "./codings.ts";
export type { Connectivity, NetworkState } from "./connectivity.ts";
export type { Digest, Digests } from "./digests.ts";
export type { EnginePorts } from "./engine-ports.ts";
export type {
  CommitOptions,
  JournalChange,
  JournalRow,
  JournalStore,
  JournalStoreCapabilities,
  JournalValue,
  ListQuery,
} from "./journal-store.ts";
export type { Lock, LockCapabilities, LockLease } from "./lock.ts";
export type { Notice, Notifier, UserAction } from "./notifier.ts";
export type { Permission, PermissionState } from "./permission.ts";
export type { Quota, QuotaEstimate } from "./quota.ts";
export type { Random } from "./random.ts";
export type {
  Transport,
  TransportCapabilities,
  TransportRequest,
  TransportRequestBody,
  TransportResponse,
} from "./transport.ts";
