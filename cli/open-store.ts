import { type NodeEngineOptions, openEngine, readStore, type StoreReader } from "../adapters/node/index.ts";
import type { BackgroundFetchEvent, Engine } from "../core/index.ts";
import { ensureFolder } from "./ensure-folders.ts";
import { version } from "./version.ts";

/** A store that this process runs. */
export interface OpenStore extends AsyncDisposable {
  readonly directory: string;
  readonly engine: Engine;
  readonly reader: StoreReader;
  /** Resolves once the engine has let go of the active registration of this id. */
  released(id: string): Promise<void>;
}

const finalEvents = ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const;

/**
 * Open the store, starting nothing that is in it, and deliver the final events that an earlier process still owed.
 *
 * `onFinal` is called when a registration has settled; once it has returned, the engine lets the registration go.
 */
export async function openStore(
  directory: string,
  options: Pick<NodeEngineOptions, "retry" | "maxActive" | "perOrigin" | "notifier"> = {},
  onFinal: (event: BackgroundFetchEvent) => void = () => undefined,
): Promise<OpenStore> {
  await ensureFolder(directory, "--store", 0o700);
  const engine = await openEngine({
    ...options,
    directory,
    startRestored: false,
    keepFailed: true,
    // Whoever waits at a terminal is told; what was stored is kept for the next run.
    whenFull: "fail",
    proxy: "environment",
    userAgent: `longhaul/${version()}`,
  });
  const released = (holds: (notice: { readonly id: string; readonly uid: number }) => boolean): Promise<void> =>
    new Promise((resolve) => {
      engine.events.on("registration.state", function listen(notice): void {
        if (notice.state !== "released" || !holds(notice)) return;
        engine.events.off("registration.state", listen);
        resolve();
      });
    });
  try {
    const reader = await readStore({ directory });
    const owed: Promise<void>[] = [];
    for await (const row of reader.registrations()) {
      if (row.phase === "settled") owed.push(released(({ uid }) => uid === row.uid));
    }
    // From here on events are delivered: no promise for one of them may be made later.
    for (const type of finalEvents) {
      engine.addEventListener(type, (event) => onFinal(event as BackgroundFetchEvent));
    }
    await Promise.all(owed);
    return {
      directory,
      engine,
      reader,
      released: (id) => released((notice) => notice.id === id),
      async [Symbol.asyncDispose]() {
        await reader[Symbol.asyncDispose]();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
