const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Under npx one Ctrl-C comes twice: from the terminal, and handed on by npm. No person presses it twice so fast. */
const sameAskMs = 200;

/** Whether the person, or the system, wants this process to end. */
export interface Interrupt extends Disposable {
  readonly asked: Promise<void>;
  readonly wasAsked: boolean;
  ask(): void;
}

/** Watch for signals until disposed. The first one asks; the second ends the process at once, with 130. */
export function watchInterrupt(): Interrupt {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let wasAsked = false;
  let askedAt = 0;
  const ask = (): void => {
    if (!wasAsked) askedAt = performance.now();
    wasAsked = true;
    resolve();
  };
  const onSignal = (): void => {
    if (wasAsked && performance.now() - askedAt > sameAskMs) process.exit(130);
    ask();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    asked,
    ask,
    get wasAsked() {
      return wasAsked;
    },
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
