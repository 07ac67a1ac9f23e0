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

/** `onFault` is told what a listener threw, or what the promise it gave rejected with; `onWork` of each such promise. */
export interface ListenerEffects {
  onFault(error: unknown): void;
  onWork(event: Event, work: PromiseLike<unknown>): void;
}

export function createListenerBook(effects: ListenerEffects): ListenerBook {
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
          hear(event, listener, effects);
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

/** A listener that throws would end a Node process, where a browser would only report it. */
function hear(event: Event, listener: AnyListener, { onFault, onWork }: ListenerEffects): void {
  try {
    const given: unknown =
      typeof listener === "function"
        ? listener.call(event.currentTarget as EventTarget, event)
        : listener.handleEvent(event);
    if (!isPromiseLike(given)) return;
    onWork(event, given);
    Promise.resolve(given).catch(onFault);
  } catch (error) {
    onFault(error);
  }
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function captures(options: AddOptions): boolean {
  return typeof options === "object" ? (options.capture ?? false) : (options ?? false);
}
