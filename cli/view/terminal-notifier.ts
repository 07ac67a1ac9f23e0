import { emitKeypressEvents } from "node:readline";
import type { ReadStream } from "node:tty";
import type { Notice, Notifier, UserAction } from "../../core/ports/index.ts";

/** A second press within so long means it. */
const sureMs = 5_000;

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly sequence?: string;
}

/** The keyboard, as far as the notifier needs it. */
export type Keyboard = Pick<ReadStream, "setRawMode" | "on" | "off" | "resume" | "pause" | "unref">;

export interface TerminalNotifierOptions {
  readonly keyboard: Keyboard;
  /** Write a line that stays. */
  say(line: string): void;
  /** What the terminal would do with a key, did it not come to us. */
  signal(name: "SIGINT" | "SIGTSTP"): void;
}

/**
 * The user's side of a terminal: what runs is named once, and keys pause, resume, abort and ask.
 *
 * While it watches, keys come to it one by one instead of lines to nobody; Ctrl-C and Ctrl-Z do what they always do.
 */
export class TerminalNotifier implements Notifier {
  readonly name = "terminal";
  readonly #options: TerminalNotifierOptions;
  readonly #running = new Map<number, Notice>();
  readonly #named = new Set<number>();
  #listener: ((action: UserAction) => void) | null = null;
  #abortAskedAt = Number.NEGATIVE_INFINITY;

  constructor(options: TerminalNotifierOptions) {
    this.#options = options;
  }

  show(notice: Notice): void {
    const { uid, id, title, result, state } = notice;
    if (result !== "") {
      this.#running.delete(uid);
      return;
    }
    this.#running.set(uid, notice);
    // Found in the store, and nobody asked for it now.
    if (state === "pending" || state === "paused" || this.#named.has(uid)) return;
    this.#named.add(uid);
    const pausing = notice.pausable ? "p pauses, r resumes, " : "";
    this.#options.say(`${plain(title || id)}   (${pausing}a aborts, ? tells why it waits)`);
  }

  hide(uid: number): void {
    this.#running.delete(uid);
    this.#named.delete(uid);
  }

  watch(listener: (action: UserAction) => void): () => void {
    const { keyboard } = this.#options;
    this.#listener = listener;
    emitKeypressEvents(keyboard as ReadStream);
    keyboard.setRawMode(true);
    keyboard.on("keypress", this.#onKey);
    keyboard.resume();
    // A key that may come is no reason to stay.
    keyboard.unref();
    return () => this.#stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
  }

  #stop(): void {
    if (this.#listener === null) return;
    const { keyboard } = this.#options;
    this.#listener = null;
    keyboard.off("keypress", this.#onKey);
    keyboard.setRawMode(false);
    keyboard.pause();
  }

  readonly #onKey = (_text: string | undefined, { name, ctrl, sequence }: Key): void => {
    if (ctrl && name === "c") return this.#options.signal("SIGINT");
    if (ctrl && name === "z") return this.#options.signal("SIGTSTP");
    if (ctrl) return;
    if (name === "p") this.#act("pause", ({ pausable, state }) => pausable && state !== "paused");
    else if (name === "r") this.#act("resume", ({ state }) => state === "paused");
    else if (name === "a") this.#abort();
    else if (name === "return" || sequence === "?") this.#act("click", ({ uid }) => this.#named.has(uid));
  };

  #abort(): void {
    const now = performance.now();
    const sure = now - this.#abortAskedAt < sureMs;
    this.#abortAskedAt = sure ? Number.NEGATIVE_INFINITY : now;
    if (sure) this.#act("abort", ({ uid }) => this.#named.has(uid));
    else this.#options.say("Press a once more to give it up and delete what was received.");
  }

  #act(type: UserAction["type"], fits: (notice: Notice) => boolean): void {
    for (const notice of [...this.#running.values()]) {
      if (fits(notice) && this.#named.has(notice.uid)) this.#listener?.({ type, uid: notice.uid });
    }
  }
}

function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, " ");
}
