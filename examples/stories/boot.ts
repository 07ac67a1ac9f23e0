import type { Engine } from "longhaul";
import { type NodeEngineOptions, openEngine } from "longhaul/node";
import undici from "undici";

// undici's own Cache takes only undici's own Request and Response: make them everybody's.
undici.install();

/** What runs while it is not disposed: the worker's handlers get the events that are owed to them. */
export interface Browser extends AsyncDisposable {
  readonly engine: Engine;
}

/**
 * Make this process look like a service worker's global scope, as far as background fetches need, and start `worker`.
 *
 * The programs of the examples know nothing of longhaul: they are written for a browser.
 */
export async function boot(origin: string, worker: URL, options: NodeEngineOptions): Promise<Browser> {
  undici.setGlobalOrigin(origin);
  const engine = await openEngine({ ...options, baseURL: origin });
  const registration = { backgroundFetch: engine.backgroundFetch };
  Object.assign(globalThis, {
    self: globalThis,
    registration,
    serviceWorker: { ready: Promise.resolve(registration) },
    caches: undici.caches,
    addEventListener: engine.addEventListener.bind(engine),
  });
  // Another name for each start: a worker that is started runs its script.
  await import(`${worker.href}?${performance.now()}`);
  return { engine, [Symbol.asyncDispose]: () => engine.close() };
}

/** Resolves once the engine has nothing more to do with a registration. */
export function released(engine: Engine, id: string): Promise<void> {
  return new Promise((resolve) => {
    engine.events.on("registration.state", (notice) => {
      if (notice.id === id && notice.state === "released") resolve();
    });
  });
}
