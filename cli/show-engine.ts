import type { Engine } from "../core/index.ts";
import type { Following } from "./following.ts";
import { isLonghaulError } from "./light.ts";
import type { ShownEvent } from "./shown-event.ts";

/**
 * Hand on what the engine tells of the downloads that are followed; others in the store are nobody's business here.
 *
 * The promise rejects when the journal broke: what happens after that can no longer be kept, so nothing more should.
 */
export function showEngine(engine: Engine, following: Following, show: (event: ShownEvent) => void): Promise<never> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting yet when it breaks.
  broken.catch(() => undefined);
  const hand = (event: ShownEvent & { readonly id: string }): void => {
    if (!following.has(event.id)) return;
    show(event);
    following.noted(event);
  };
  const { events } = engine;
  events.on("registration.state", ({ uid: _, ...notice }) => hand({ type: "registration.state", ...notice }));
  events.on("registration.progress", ({ uid: _, ...notice }) => hand({ type: "progress", ...notice }));
  events.on("record.state", ({ uid: _, ...notice }) => hand({ type: "record.state", ...notice }));
  events.on("record.settled", ({ uid: _, ...notice }) => hand({ type: "record.settled", ...notice }));
  events.on("network.state", (state) => show({ type: "network.state", state }));
  events.on("fault", ({ error, during }) => {
    const code = isLonghaulError(error) ? error.code : null;
    show({ type: "fault", code, message: error instanceof Error ? error.message : String(error), during });
    if (code?.startsWith("LONGHAUL_JOURNAL_") || code === "LONGHAUL_LOCK_LOST") reject(error);
  });
  return broken;
}
