import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";

/** A process that watches, and does not end by itself when it is asked to. */
const stubborn = `
  const { watchInterrupt } = await import(${JSON.stringify(new URL("interrupt.ts", import.meta.url).href)});
  const interrupt = watchInterrupt();
  void interrupt.asked.then(() => console.log("asked"));
  setInterval(() => undefined, 1_000);
  console.log("ready");
`;

// Mutant: without the second look at wasAsked the process can only be killed, and the test runs out of time.
it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s asks, and ends the process at once when it comes again",
  async (signal) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", stubborn]);
    const ended = once(child, "exit");
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      // The first press, and then one after the other, as an impatient person does.
      if (text.includes("ready")) child.kill(signal);
      if (text.includes("asked")) setInterval(() => child.kill(signal), 50).unref();
    });

    const [code] = await ended;

    expect(said).toBe("ready\nasked\n");
    expect(code).toBe(130);
  },
);
