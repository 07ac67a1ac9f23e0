import { invalidState } from "./spec-errors.ts";
import { assertArguments, defineInterface } from "./webidl/interface.ts";

/** Events that the engine is dispatching. */
const dispatching = new WeakSet<ExtendableEvent>();
let pendingOf: (event: ExtendableEvent) => ReadonlySet<Promise<unknown>>;

/**
 * Service Workers' `ExtendableEvent`, for runtimes that have none.
 *
 * Of the engine's own events alone can be waited for more: one that a program makes is not trusted. (`isTrusted`
 * itself is false for all of them, as no program can make a runtime say otherwise.)
 */
export class ExtendableEvent extends Event {
  readonly #pending = new Set<Promise<unknown>>();

  static {
    pendingOf = (event) => event.#pending;
  }

  /**
   * The event is handled only once `work` has settled, however it does.
   *
   * @throws DOMException `InvalidStateError` if the event is neither being dispatched by the engine nor waiting for earlier work.
   */
  waitUntil(work: PromiseLike<unknown> | unknown): void {
    // biome-ignore lint/complexity/noArguments: WebIDL counts arguments, and undefined is one
    assertArguments(arguments, 1, "waitUntil()");
    if (!isActive(this)) throw invalidState("The event is not active");
    const pending = Promise.resolve(work).catch(() => undefined);
    this.#pending.add(pending);
    // A microtask later, so that whoever waited for `work` too may still ask for more (Service Workers, waitUntil).
    void pending.then(() => queueMicrotask(() => this.#pending.delete(pending)));
  }
}

defineInterface("ExtendableEvent", ExtendableEvent, 1);

/** Whether it is being dispatched, or waits for what it was asked to wait for (Service Workers: "active"). */
export function isActive(event: ExtendableEvent): boolean {
  return pendingOf(event).size > 0 || dispatching.has(event);
}

/** Dispatch at `target`; resolves once its handlers, and all they asked to wait for, have finished. */
export async function dispatchExtendable(event: ExtendableEvent, target: EventTarget): Promise<void> {
  dispatching.add(event);
  target.dispatchEvent(event);
  dispatching.delete(event);
  while (pendingOf(event).size > 0) await Promise.all(pendingOf(event));
}
