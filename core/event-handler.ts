/** HTML's `EventHandler`, as far as TypeScript can say it. */
export type EventHandler<E extends Event> = ((event: E) => unknown) | null;

/** The value of one event handler attribute (HTML, "event handlers"). */
export interface EventHandlerSlot<E extends Event> {
  get(): EventHandler<E>;
  /** What is no object is `null`; an object that cannot be called is kept, and never called. */
  set(value: unknown): void;
}

type Listenable = Pick<EventTarget, "addEventListener" | "removeEventListener">;

/**
 * An attribute `on<type>` of `target`.
 *
 * The handler has the place among the listeners at which it was first set; another handler takes that place, `null` gives it up.
 */
export function createEventHandler<E extends Event>(target: Listenable, type: string): EventHandlerSlot<E> {
  let handler: unknown = null;
  const call = (event: Event): unknown =>
    typeof handler === "function" ? Reflect.apply(handler, event.currentTarget, [event]) : undefined;
  return {
    get: () => handler as EventHandler<E>,
    set(value) {
      const next = (typeof value === "object" || typeof value === "function") && value !== null ? value : null;
      if (next === null) target.removeEventListener(type, call);
      else if (handler === null) target.addEventListener(type, call);
      handler = next;
    },
  };
}
