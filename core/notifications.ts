import { EventEmitter } from "eventemitter3";
import type { EngineEvents } from "./engine-events.ts";

/** An emitter in whose listeners a fault stops nothing: it is told of as one. What listens is not the engine's own. */
export class Notifications extends EventEmitter<EngineEvents> {
  override emit<Name extends keyof EngineEvents>(
    name: Name,
    ...notice: EventEmitter.EventArgs<EngineEvents, Name>
  ): boolean {
    try {
      return super.emit(name, ...notice);
    } catch (error) {
      // Whoever listens to faults and throws has nobody left to be told by but the runtime.
      if (name === "fault") queueMicrotask(() => rethrow(error));
      else this.emit("fault", { error, during: `telling listeners of ${name}` });
      return true;
    }
  }
}

function rethrow(error: unknown): never {
  throw error;
}
