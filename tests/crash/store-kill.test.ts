import { describe, expect, it } from "vitest";
import { FileBodyStore } from "../../adapters/node/file-body-store.ts";
import { SqliteJournalStore } from "../../adapters/node/sqlite-journal-store.ts";
import { testFolder } from "../faults/test-folder.ts";
import { storeBytes, storeId } from "./store-bytes.ts";
import { startTs } from "./ts-child.ts";

const kills = 20;

/** Let a process append from `offset` on, kill it after `lines` acknowledgements, give the last one that came. */
async function appendAndKill(directory: string, offset: number, lines: number): Promise<number> {
  const child = startTs(new URL("./store-child.ts", import.meta.url), [directory, String(offset)]);
  let acknowledged = offset;
  let count = 0;
  for await (const line of child.lines) {
    acknowledged = Number(line);
    count += 1;
    if (count === lines) child.process.kill("SIGKILL");
  }
  expect(await child.gone).toBeNull();
  expect(child.stderr()).toBe("");
  return acknowledged;
}

describe("the stores of a process that is killed", () => {
  // Mutants: a commit that is not awaited, and an offset that runs ahead of the bytes, both fail here. That bytes are
  // synced before the commit no kill can show: what was written stays with the kernel.
  it(`G1 have every byte and every row that was acknowledged, ${kills} times over`, { timeout: 60_000 }, async () => {
    const directory = testFolder();
    let offset = 0;
    for (let n = 0; n < kills; n += 1) {
      const acknowledged = await appendAndKill(directory, offset, 1 + n);

      // A reader needs no lock, and reads what the dead process left in the log.
      await using reader = await SqliteJournalStore.open({ directory, readOnly: true });
      const committed = Number(await reader.get("offset"));
      expect(committed).toBeGreaterThanOrEqual(acknowledged);
      const [mark] = (await reader.list({ prefix: "mark/", after: `mark/${padded(committed - 1)}`, limit: 1 })) ?? [];
      expect(mark?.value).toBe(committed);

      await using bodies = await FileBodyStore.open({ directory });
      expect(await bodies.size(storeId)).toBeGreaterThanOrEqual(committed);
      let position = 0;
      for await (const bytes of bodies.read(storeId, { start: 0, end: committed })) {
        expect(Buffer.compare(bytes, storeBytes(position, position + bytes.byteLength))).toBe(0);
        position += bytes.byteLength;
      }
      expect(position).toBe(committed);
      offset = committed;
    }
  });
});

function padded(offset: number): string {
  return String(offset).padStart(12, "0");
}
