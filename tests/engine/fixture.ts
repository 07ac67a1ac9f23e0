import { join } from "node:path";
import { type NodeEngineOptions, openEngine } from "../../adapters/node/index.ts";
import type { BackgroundFetchRegistration, Engine } from "../../core/index.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { createOrigin, type Origin } from "../origin/origin.ts";

export const KiB = 1024;
export const MiB = 1024 * 1024;

/** An origin, a store, and engines over it: one at a time, as after a restart. */
export interface Fixture extends AsyncDisposable {
  readonly origin: Origin;
  readonly folder: string;
  /** Close the engine that runs, if one does, and open another over the same store. */
  restart(options?: Partial<NodeEngineOptions>): Promise<Engine>;
}

export async function createFixture(): Promise<Fixture> {
  const folder = await temporaryFolder();
  const origin = await createOrigin();
  let engine: Engine | undefined;
  return {
    origin,
    folder: folder.path,
    async restart(options = {}) {
      await engine?.close();
      engine = await openEngine({
        directory: join(folder.path, "store"),
        retry: { minDelayMs: 10, maxDelayMs: 50 },
        progressMs: 5,
        ...options,
      });
      return engine;
    },
    async [Symbol.asyncDispose]() {
      await engine?.close();
      await origin.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The Range of a request that goes on behind `stored` bytes, the last 64 KiB of which are asked for again to be compared. */
export function rangeBehind(stored: number): string {
  return `bytes=${stored - Math.min(64 * KiB, Math.floor(stored / 2))}-`;
}

/** The type of the first functional event that the engine hands out, and its registration. */
export function nextEvent(engine: Engine): Promise<{ type: string; registration: BackgroundFetchRegistration }> {
  return new Promise((resolve) => {
    for (const type of ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const) {
      engine.addEventListener(type, ({ registration }) => resolve({ type, registration }));
    }
  });
}

/** Resolves once the registration's state is `state`. */
export function reached(engine: Engine, state: string): Promise<void> {
  return new Promise((resolve) => {
    engine.events.on("registration.state", (notice) => void (notice.state === state && resolve()));
  });
}

/** Resolves once so many bytes are stored for good. */
export function stored(registration: BackgroundFetchRegistration, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => void (registration.downloaded >= bytes && resolve());
    registration.addEventListener("progress", look);
    look();
  });
}
