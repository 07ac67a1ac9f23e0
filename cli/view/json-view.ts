import type { View } from "../shown-event.ts";

/** One JSON object a line, for programs (docs/cli.md lists them). */
export function createJsonView(write: (line: string) => void): View {
  return {
    show({ type, ...event }) {
      write(JSON.stringify({ type, time: new Date().toISOString(), ...event }));
    },
    close: () => undefined,
  };
}
