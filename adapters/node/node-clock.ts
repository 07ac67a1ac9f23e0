// The same on every runtime, but each preset names its own, as with the other ports.
export { SystemClock as NodeClock } from "../memory/system-clock.ts";
