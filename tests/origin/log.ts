/** One request, as the origin saw it. Its last three fields change while it is answered. */
export interface LogEntry {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly range: string | null;
  readonly ifRange: string | null;
  readonly headers: { readonly [name: string]: string };
  /** Milliseconds since 1970. */
  readonly at: number;
  status: number | null;
  /** Bytes of body that the operating system took: some of them may still be on the way. */
  bytesSent: number;
  /** How the answer ended: all sent, ended by a fault, or the client went away. `null` while it lasts. */
  ended: "sent" | "fault" | "gone" | null;
}

/** Lets a test wait for a fact instead of for a while. */
export interface Watch {
  /** Resolves once `holds` does; it is asked again after everything that happens at the origin. */
  until(holds: () => boolean): Promise<void>;
  changed(): void;
}

export function createWatch(): Watch {
  const waiting = new Set<() => void>();
  return {
    until(holds) {
      if (holds()) return Promise.resolve();
      return new Promise((resolve) => {
        const ask = (): void => {
          if (!holds()) return;
          waiting.delete(ask);
          resolve();
        };
        waiting.add(ask);
      });
    },
    changed() {
      for (const ask of waiting) ask();
    },
  };
}
