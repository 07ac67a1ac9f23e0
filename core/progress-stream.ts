import { Observable, type OperatorFunction, Subject } from "rxjs";
import type { RecordProgress } from "./engine-events.ts";
import type { Clock } from "./ports/clock.ts";

/**
 * Gather values and give them on together, at most once per `ms`: the first at once, the rest when their time has come.
 *
 * RxJS's own `throttleTime` and `bufferTime` read the global clock, which would make a simulated run lie.
 */
function paced<T>(clock: Clock, ms: number): OperatorFunction<T, readonly T[]> {
  return (source) =>
    new Observable((subscriber) => {
      let gathered: T[] = [];
      let timer: unknown = null;
      const give = (): void => {
        timer = null;
        if (gathered.length === 0) return;
        const values = gathered;
        gathered = [];
        timer = clock.setTimeout(give, ms);
        subscriber.next(values);
      };
      subscriber.add(() => clock.clearTimeout(timer));
      subscriber.add(
        source.subscribe({
          next(value) {
            gathered.push(value);
            if (timer === null) give();
          },
          complete() {
            if (gathered.length > 0) subscriber.next(gathered);
            subscriber.complete();
          },
          error: (error: unknown) => subscriber.error(error),
        }),
      );
    });
}

/** Progress of one registration: receipts go in as they come, paced bundles come out. */
export interface ProgressStream {
  push(progress: RecordProgress | null): void;
  /** Give out what is gathered, and end. */
  end(): void;
}

/** `report` gets the last state of each record that changed since the report before. */
export function startProgress(
  clock: Clock,
  ms: number,
  report: (changed: readonly RecordProgress[]) => void,
): ProgressStream {
  const receipts = new Subject<RecordProgress | null>();
  receipts.pipe(paced(clock, ms)).subscribe((bundle) => {
    const latest = new Map(bundle.flatMap((progress) => (progress === null ? [] : [[progress.index, progress]])));
    report([...latest.values()]);
  });
  return { push: (progress) => receipts.next(progress), end: () => receipts.complete() };
}
