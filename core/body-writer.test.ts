import { expect, it } from "vitest";
import { createBodyWriter } from "./body-writer.ts";
import type { Body } from "./ports/body-store.ts";

// Otherwise the checkpoint would be committed when its exchange, and perhaps its registration, has long ended.
it("flush() after a write that failed settles only once the checkpoint under way has been committed", async () => {
  let writes = 0;
  let release = (): void => undefined;
  const synced = new Promise<void>((resolve) => {
    release = resolve;
  });
  const body: Body = {
    async write() {
      writes += 1;
      if (writes === 2) throw new Error("disk");
    },
    sync: () => synced,
    truncate: async () => {},
    note: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  const order: string[] = [];
  const writer = createBodyWriter(body, 0, {
    clock: { now: () => 0, setTimeout: () => 0, clearTimeout: () => undefined },
    writeBytes: 4,
    checkpointBytes: 8,
    checkpointMs: 1,
    onDurable: async () => void order.push("committed"),
  });
  await writer.push([new Uint8Array(8)]);
  await writer.push([new Uint8Array(4)]);
  const flushed = writer.flush().catch(() => order.push("flushed"));
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();

  release();
  await flushed;

  expect(writes).toBe(2);
  expect(order).toEqual(["committed", "flushed"]);
});
