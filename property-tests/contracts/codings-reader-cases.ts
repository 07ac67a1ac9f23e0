import { plain } from "./coded-samples.ts";
import { type CodingsHarness, forEachSample, WatchedBody } from "./codings-harness.ts";
import { type ContractCase, check, rejection } from "./contract.ts";

const never = (): Promise<null> => new Promise(() => {});

/** How a reader, a signal and the coded body itself end the decoding before it is done. */
export const codingsReaderCases: readonly ContractCase<CodingsHarness>[] = [
  ...forEachSample(
    (form) => `must let an error of the coded body pass unchanged: ${form}`,
    async (codings, { coding, coded }) => {
      const broken = new Error("the connection is gone");
      for (const length of [0, 5, coded.byteLength]) {
        const body = new WatchedBody((pull) => (pull === 0 ? [coded.subarray(0, length)] : Promise.reject(broken)));
        const error = await rejection(async () => {
          for await (const _ of codings.decode(coding, body));
        });
        check(error === broken, `the error itself comes after ${length} bytes, not ${String(error)}`);
      }
    },
  ),
  ...forEachSample(
    (form) => `must stop the coded body when its reader stops early: ${form}`,
    async (codings, { coding, coded }) => {
      const unread = new WatchedBody(() => [coded]);
      await codings.decode(coding, unread)[Symbol.asyncIterator]().return?.();
      check(unread.stops === 1 && unread.pulls === 0, "when nothing was pulled yet");

      const waiting = new WatchedBody((pull) => (pull === 0 ? [coded.subarray(0, 1)] : never()));
      const items = codings.decode(coding, waiting)[Symbol.asyncIterator]();
      const pending = items.next();
      while (waiting.pulls < 2) await Promise.race([pending, new Promise((resolve) => setTimeout(resolve, 1))]);
      await items.return?.();
      check((await pending).done === true, "a pull that waits is told that it is over");
      check(waiting.stops === 1, "while the body gives nothing");

      const read = new WatchedBody((pull) => (pull === 0 ? [coded] : never()));
      let bytes = 0;
      for await (const chunks of codings.decode(coding, read)) {
        for (const chunk of chunks) bytes += chunk.byteLength;
        if (bytes === plain.byteLength) break;
      }
      check(read.stops === 1, "after all that it had");

      const pulling = new WatchedBody((pull) => (pull === 0 ? [coded.subarray(0, 1)] : never()));
      const generated = (async function* () {
        yield* pulling;
      })();
      const stuck = codings.decode(coding, generated)[Symbol.asyncIterator]();
      const hanging = stuck.next();
      while (pulling.pulls < 2) await Promise.race([hanging, new Promise((resolve) => setTimeout(resolve, 1))]);
      await stuck.return?.();
      check((await hanging).done === true, "while a generator waits, which cannot be stopped");
    },
  ),
  ...forEachSample(
    (form) => `must reject with the signal's reason, and stop the coded body, once \`signal\` is aborted: ${form}`,
    async (codings, { coding, coded }) => {
      const reason = new Error("the caller's own reason");
      const before = new WatchedBody(() => [coded]);
      const signal = AbortSignal.abort(reason);
      const early = codings.decode(coding, before, { signal })[Symbol.asyncIterator]();
      check((await rejection(() => early.next())) === reason, "before the first pull");
      check(before.stops === 1 && before.pulls === 0, "without a pull");

      const controller = new AbortController();
      const during = new WatchedBody((pull) => {
        if (pull === 0) return [coded.subarray(0, 1)];
        queueMicrotask(() => controller.abort(reason));
        return never();
      });
      const items = codings.decode(coding, during, controller)[Symbol.asyncIterator]();
      check((await rejection(() => items.next())) === reason, "while the coded body gives nothing");
      check(during.stops === 1, "it is stopped");
      check((await items.next()).done === true, "nothing comes after that");
    },
  ),
  ...forEachSample(
    (form) => `must stop the coded body when it is malformed: ${form}`,
    async (codings, { coding }) => {
      const noise = Uint8Array.from({ length: 4096 }, (_, at) => (at * 167 + 91) & 0xff);
      const body = new WatchedBody(() => [noise]);
      await rejection(async () => {
        for await (const _ of codings.decode(coding, body));
      });
      check(body.stops === 1, "nobody reads on");
    },
  ),
];
