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
    let running = true;
    subscriber.add(() => {
      // Aborting makes an exception with a stack: not for every exchange that has long ended.
      if (running) controller.abort();
    });
    start(controller.signal, (value) => subscriber.next(value)).then(
      () => {
        running = false;
        subscriber.complete();
      },
      (error: unknown) => {
        running = false;
        subscriber.error(error);
      },
    );
  });
}
