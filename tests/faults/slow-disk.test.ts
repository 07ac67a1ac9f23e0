import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine } from "../../core/index.ts";
import type { Body, BodyStore } from "../../core/ports/index.ts";
import { unreadBytes } from "../crash/unread-bytes.ts";
import { MiB, nextEvent } from "../engine/fixture.ts";
import { createOrigin } from "../origin/origin.ts";
import { testFolder } from "./test-folder.ts";

/** Each sync takes until the test lets it go. */
function slow(bodies: BodyStore, gate: Promise<void>): BodyStore {
  const held = (body: Body): Body => ({
    write: (offset, chunks) => body.write(offset, chunks),
    truncate: (length) => body.truncate(length),
    note: (value) => body.note(value),
    sync: () => gate.then(() => body.sync()),
    [Symbol.asyncDispose]: () => body[Symbol.asyncDispose](),
  });
  return new Proxy(bodies, {
    get(target, name) {
      if (name === "create") return async (id: string) => held(await target.create(id));
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

describe("a disk whose syncs take long", { timeout: 60_000 }, () => {
  // Mutant: a writer that does not wait. All 96 MiB would be taken while nothing is durable.
  it("F20 makes the server wait, and neither the event loop nor the memory pays", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 96 * MiB, seed: 1 } });
    const ports = await openNodePorts({ directory: join(testFolder(), "store") });
    const gate = Promise.withResolvers<void>();
    await using engine = await createEngine({ ...ports, bodies: slow(ports.bodies, gate.promise) });
    const event = nextEvent(engine);
    const registration = await engine.backgroundFetch.fetch("episode", url);

    const taken = await settledAt(() => (origin.log[0]?.bytesSent ?? 0) - unreadBytes(Number(new URL(url).port)));
    const late = await latenessOfTimer();

    expect(taken).toBeGreaterThan(MiB);
    expect(taken).toBeLessThan(12 * MiB);
    expect(registration.downloaded).toBe(0);
    expect(late).toBeLessThan(1_000);
    gate.resolve();
    expect((await event).type).toBe("backgroundfetchsuccess");
  });
});

/** A value that no longer changes. */
async function settledAt(read: () => number): Promise<number> {
  let same = 0;
  let last = -1;
  while (same < 20 || last <= 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = read();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

async function latenessOfTimer(): Promise<number> {
  const begun = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 10));
  return performance.now() - begun - 10;
}
