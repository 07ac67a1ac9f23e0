import type { Notice, Notifier, UserAction } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where a notifier meets its contract. */
export interface NotifierHarness {
  readonly name: string;
  /** Why no user can do anything with it, if that is so. */
  readonly speechless?: string;
  open(): Promise<{
    readonly notifier: Notifier;
    /** Do it as the user would. */
    act(type: UserAction["type"]): Promise<void>;
  }>;
}

const notice: Notice = {
  uid: 1,
  id: "film",
  title: "A film",
  icons: [{ src: "https://example.org/poster.png" }],
  state: "transferring",
  result: "",
  failureReason: "",
  downloaded: 0,
  downloadTotal: 100,
  uploaded: 0,
  uploadTotal: 0,
  records: { count: 1, settled: 0 },
  pausable: true,
};

/** What every `Notifier` must do. */
export const notifierContract: readonly ContractCase<NotifierHarness>[] = [
  {
    title: "show must not throw, whatever the fetch is like, and hide for a fetch that was never shown",
    async run(harness) {
      const { notifier } = await harness.open();
      notifier.show(notice);
      notifier.show({ ...notice, title: "", icons: [], downloadTotal: 0, downloaded: 10, state: "paused" });
      notifier.show({ ...notice, uid: 2, id: "\u0000\u202e🎬", title: "x".repeat(10_000), pausable: false });
      notifier.show({ ...notice, result: "failure", failureReason: "bad-status", state: "delivering" });
      notifier.hide(1);
      notifier.hide(99);
      await notifier[Symbol.asyncDispose]();
    },
  },
  {
    title: "watch must call listener for each action of the user, never from within watch itself",
    skip: ({ speechless }) => speechless,
    async run(harness) {
      const { notifier, act } = await harness.open();
      const heard: string[] = [];
      notifier.show(notice);
      notifier.watch(({ type, uid }) => heard.push(`${type} ${uid}`));
      check(heard.length === 0, "nothing is said from within watch");
      await act("click");
      await act("pause");
      check(heard.join() === "click 1,pause 1", `heard was ${heard.join()}`);
      await notifier[Symbol.asyncDispose]();
    },
  },
  {
    title: "watch must call listener no more once the returned function was called",
    skip: ({ speechless }) => speechless,
    async run(harness) {
      const { notifier, act } = await harness.open();
      let heard = 0;
      notifier.show(notice);
      const unwatch = notifier.watch(() => {
        heard += 1;
      });
      unwatch();
      await act("click");
      check(heard === 0, "nothing is said any more");
      await notifier[Symbol.asyncDispose]();
    },
  },
];
