import type { Notifier } from "../../core/ports/index.ts";

/** Shows nothing: for programs that show progress themselves, or to nobody. */
export class SilentNotifier implements Notifier {
  readonly name = "silent";

  show(): void {}

  hide(): void {}

  watch(): () => void {
    return () => {};
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
