export type AnyListener = NonNullable<Parameters<EventTarget["addEventListener"]>[1]>;
export type AddOptions = Parameters<EventTarget["addEventListener"]>[2];

interface Entry {
  readonly type: string;
  readonly listener: AnyListener;
  readonly capture: boolean;
  /** What stands for the listener at the target. */
  readonly call: (event: Event) => void;
}

/** Knows who listens to what, which an `EventTarget` does not tell: by its rules, one entry for each listener. */
export interface ListenerBook {
  has(type: string): boolean;
  /** What to add to the target, or nothing: the listener is there already, or its signal has been aborted. */
  add(type: string, listener: AnyListener, options: AddOptions): Entry["call"] | undefined;
  /** What to remove from the target, if the listener was there. */
  remove(type: string, listener: AnyListener, options: AddOptions): Entry["call"] | undefined;
}

export function createListenerBook(): ListenerBook {
  const entries = new Set<Entry>();

  function find(type: string, listener: AnyListener, options: AddOptions): Entry | undefined {
    const capture = captures(options);
    for (const entry of entries) {
      if (entry.type === type && entry.listener === listener && entry.capture === capture) return entry;
    }
    return undefined;
  }

  return {
    has(type) {
      for (const entry of entries) if (entry.type === type) return true;
      return false;
    },
    add(type, listener, options) {
      const { once = false, signal } = typeof options === "object" ? options : {};
      if (signal?.aborted || find(type, listener, options) !== undefined) return undefined;
      const forget = (): void => {
        entries.delete(entry);
        signal?.removeEventListener("abort", forget);
      };
      const entry: Entry = {
        type,
        listener,
        capture: captures(options),
        call(event) {
          if (once) forget();
          return typeof listener === "function"
            ? listener.call(event.currentTarget as EventTarget, event)
            : listener.handleEvent(event);
        },
      };
      entries.add(entry);
      signal?.addEventListener("abort", forget);
      return entry.call;
    },
    remove(type, listener, options) {
      const entry = find(type, listener, options);
      if (entry !== undefined) entries.delete(entry);
      return entry?.call;
    },
  };
}

function captures(options: AddOptions): boolean {
  return typeof options === "object" ? (options.capture ?? false) : (options ?? false);
}
