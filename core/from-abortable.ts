import { Observable } from "rxjs";

/**
 * An Observable of what `start` emits, whose unsubscription aborts `signal`.
 *
 * `start` goes on after that for as long as it needs to put things in order; what it emits then, and how it ends, is
 * nobody's concern any more.
 */
export function fromAbortable<T>(
  start: (signal: AbortSignal, emit: (value: T) => void) => Promise<void>,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => controller.abort());
    start(controller.signal, (value) => subscriber.next(value)).then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}
