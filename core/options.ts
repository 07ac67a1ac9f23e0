import { defaultRetryPolicy, type RetryPolicy } from "../models/retry-policy.ts";
import type { HeaderProvider } from "./header-provider.ts";
import type { LowSpeed } from "./speed-watch.ts";

/** How an engine behaves. Every field may be left out. */
export interface EngineOptions {
  /** When to try again. @default `{ limit: 40, minDelayMs: 500, maxDelayMs: 30_000 }` */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Records that are exchanged, or made durable, at the same time, over all registrations. @default 64 */
  readonly maxActive?: number | undefined;
  /** Exchanges with one origin at the same time. @default 6 */
  readonly perOrigin?: number | undefined;
  /** Bytes after which what was received is made durable. At most twice as many are sent again after a crash. @default 4 MiB */
  readonly checkpointBytes?: number | undefined;
  /** Milliseconds after which what was received is made durable, however little it is. @default 1_000 */
  readonly checkpointMs?: number | undefined;
  /** Bytes handed to the body store at a time. @default 512 KiB */
  readonly writeBytes?: number | undefined;
  /**
   * A connection that brings fewer bytes a second, over so many ms of waiting, is given up for another, if its bytes can be
   * continued. @default `{ bytesPerSecond: 1024, overMs: 60_000 }`
   */
  readonly lowSpeed?: Partial<LowSpeed> | undefined;
  /** At least so many milliseconds between two `progress` events of a registration. @default 100 */
  readonly progressMs?: number | undefined;
  /** Whether registrations found unfinished in the store go on by themselves; otherwise they wait for `resume()`. @default true */
  readonly startRestored?: boolean | undefined;
  /**
   * What becomes of a download for which the store has no room: it waits in `paused-full` until there is some, or it fails with
   * `"quota-exceeded"`, as the specification has it. @default "wait"
   */
  readonly whenFull?: "wait" | "fail" | undefined;
  /** Whether a failed registration's bytes are kept, so that the next fetch of the same id and URLs goes on from them. @default false */
  readonly keepFailed?: boolean | undefined;
  /**
   * Whether a body that comes with a content coding, although none is asked for, is stored without it. Otherwise it is stored as it
   * came, which is what a server means that sends a `.gz` file with `Content-Encoding: gzip`. @default true
   */
  readonly decode?: boolean | undefined;
  /** What relative URLs are relative to. @default none: they are refused */
  readonly baseURL?: string | undefined;
  /** Header fields that are made right before each request goes out, and never stored. @default none */
  readonly headers?: HeaderProvider | undefined;
  /** The `User-Agent` of requests that set none. @default `longhaul` */
  readonly userAgent?: string | undefined;
}

/** {@link EngineOptions} with nothing left open. */
export interface ResolvedOptions {
  readonly retry: RetryPolicy;
  readonly maxActive: number;
  readonly perOrigin: number;
  readonly checkpointBytes: number;
  readonly checkpointMs: number;
  readonly writeBytes: number;
  readonly lowSpeed: LowSpeed;
  readonly progressMs: number;
  readonly startRestored: boolean;
  readonly whenFull: "wait" | "fail";
  readonly keepFailed: boolean;
  readonly decode: boolean;
  readonly baseURL: string | undefined;
  readonly headers: HeaderProvider | undefined;
  readonly userAgent: string;
}

const MiB = 1024 * 1024;

/**
 * The only place that knows a default.
 *
 * @throws TypeError naming the option, if a number is not a positive one.
 */
export function resolveOptions(options: EngineOptions = {}): ResolvedOptions {
  return {
    retry: { ...defaultRetryPolicy, ...options.retry },
    maxActive: positive("maxActive", options.maxActive ?? 64),
    perOrigin: positive("perOrigin", options.perOrigin ?? 6),
    checkpointBytes: positive("checkpointBytes", options.checkpointBytes ?? 4 * MiB),
    checkpointMs: positive("checkpointMs", options.checkpointMs ?? 1_000),
    writeBytes: positive("writeBytes", options.writeBytes ?? MiB / 2),
    lowSpeed: { bytesPerSecond: 1_024, overMs: 60_000, ...options.lowSpeed },
    progressMs: positive("progressMs", options.progressMs ?? 100),
    startRestored: options.startRestored ?? true,
    whenFull: options.whenFull ?? "wait",
    keepFailed: options.keepFailed ?? false,
    decode: options.decode ?? true,
    baseURL: options.baseURL,
    headers: options.headers,
    userAgent: options.userAgent ?? "longhaul",
  };
}

function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new TypeError(`Option ${name} must be a positive number, not ${String(value)}`);
}
