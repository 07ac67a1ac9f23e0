import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { notifierContract } from "../../property-tests/contracts/notifier.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { type Keyboard, TerminalNotifier } from "./terminal-notifier.ts";

class FakeKeyboard extends EventEmitter {
  raw = false;

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  resume(): this {
    return this;
  }

  pause(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

function terminal() {
  const keyboard = new FakeKeyboard();
  const signals: string[] = [];
  const notifier = new TerminalNotifier({
    keyboard: keyboard as unknown as Keyboard,
    say: () => {},
    signal: (name) => signals.push(name),
  });
  return { keyboard, signals, notifier };
}

const keys = { click: "?", pause: "p", resume: "r", abort: "a" } as const;

runWithVitest(notifierContract, {
  name: "terminal",
  async open() {
    const { keyboard, notifier } = terminal();
    return {
      notifier,
      async act(type) {
        keyboard.emit("keypress", keys[type], { name: keys[type], sequence: keys[type] });
      },
    };
  },
});

it("hands Ctrl-C and Ctrl-Z on, and gives the keyboard back however often it is asked to", async () => {
  const { keyboard, signals, notifier } = terminal();
  const unwatch = notifier.watch(() => {});
  expect(keyboard.raw).toBe(true);

  keyboard.emit("keypress", "\u0003", { name: "c", ctrl: true });
  keyboard.emit("keypress", "\u001a", { name: "z", ctrl: true });
  unwatch();
  await notifier[Symbol.asyncDispose]();

  expect([signals, keyboard.raw, keyboard.listenerCount("keypress")]).toEqual([["SIGINT", "SIGTSTP"], false, 0]);
});
