import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { testFolder } from "../../tests/faults/test-folder.ts";
import { readStore } from "./index.ts";
import { identityOf, openUsableJournal, setJournalAside } from "./set-aside.ts";
import { SqliteJournalStore } from "./sqlite-journal-store.ts";
import { SqliteLock } from "./sqlite-lock.ts";

const put = (value: number) => [{ type: "put", key: "k", value } as const];

function damagedStore(): string {
  const directory = testFolder();
  writeFileSync(join(directory, "state.db"), "x".repeat(5_000));
  return directory;
}

describe("a journal that cannot be used", () => {
  it("I3 is renamed with its logs, never deleted, and each under a name of its own", async () => {
    const directory = damagedStore();
    for (const n of [1, 2]) {
      writeFileSync(join(directory, "state.db"), `damaged ${n}`.repeat(500));
      writeFileSync(join(directory, "state.db-wal"), `log ${n}`);
      const { journal, setAside } = await openUsableJournal(directory);
      await journal.commit(put(n), { fence: n });
      await journal[Symbol.asyncDispose]();

      expect(setAside).toBe(join(directory, `state.db.damaged-${n}`));
      expect(readFileSync(`${setAside}`, "utf8")).toBe(`damaged ${n}`.repeat(500));
      expect(readFileSync(`${setAside}-wal`, "utf8")).toBe(`log ${n}`);
    }
    expect(statSync(join(directory, "state.db")).mode & 0o777).toBe(0o600);
  });

  // Mutant: rename whatever has the name.
  it("I3 of two that saw it damaged the second does not put aside what the first has begun", async () => {
    const directory = damagedStore();
    const seen = identityOf(directory);
    const { journal } = await openUsableJournal(directory);
    await journal.commit(put(7), { fence: 1 });

    expect(await setJournalAside(directory, seen)).toBeNull();
    expect(await journal.get("k")).toBe(7);
    await journal[Symbol.asyncDispose]();
    expect(readdirSync(directory).filter((name) => name.includes("damaged"))).toEqual(["state.db.damaged-1"]);
  });

  it("I3 is left alone while another process runs the store", async () => {
    const directory = damagedStore();
    await using _ = await new SqliteLock({ directory }).acquire();

    await expect(openUsableJournal(directory)).rejects.toMatchObject({ code: "LONGHAUL_LOCK_HELD" });
    expect(readFileSync(join(directory, "state.db"), "utf8")).toBe("x".repeat(5_000));
  });

  // Mutant: put aside whatever is LONGHAUL_JOURNAL_CORRUPT.
  it("I3 I5 stays where it is if it is another program's, or a newer longhaul's", async () => {
    for (const [tables, code] of [
      ["CREATE TABLE songs (name TEXT)", "LONGHAUL_JOURNAL_CORRUPT"],
      ["PRAGMA user_version = 99", "LONGHAUL_JOURNAL_NEWER"],
    ] as const) {
      const directory = testFolder();
      const database = new DatabaseSync(join(directory, "state.db"));
      database.exec(tables);
      database.close();

      await expect(openUsableJournal(directory)).rejects.toMatchObject({ code });
      expect(readdirSync(directory).filter((name) => name.includes("damaged"))).toEqual([]);
    }
  });

  it("I3 is not touched by whoever only reads", async () => {
    const directory = damagedStore();

    await expect(readStore({ directory })).rejects.toMatchObject({ code: "LONGHAUL_JOURNAL_CORRUPT" });
    expect(readdirSync(directory)).toEqual(["state.db"]);
  });

  // Mutant: no `quick_check`. The damaged page would be met only when the engine comes to its rows.
  it("I3 is known by any damaged page, at once", async () => {
    const directory = testFolder();
    const first = await SqliteJournalStore.open({ directory });
    const rows = Array.from({ length: 500 }, (_, n) => ({
      type: "put" as const,
      key: `k${n}`,
      value: "x".repeat(500),
    }));
    await first.commit(rows, { fence: 1 });
    await first[Symbol.asyncDispose]();
    const path = join(directory, "state.db");
    const bytes = readFileSync(path);
    const page = 4_096;
    bytes.fill("?", 20 * page, 21 * page);
    writeFileSync(path, bytes);

    const { journal, setAside } = await openUsableJournal(directory);
    await journal[Symbol.asyncDispose]();
    expect(setAside).toBe(`${path}.damaged-1`);
  });

  it("I11 is used, though a row of it is not JSON", async () => {
    const directory = testFolder();
    await using journal = await SqliteJournalStore.open({ directory });
    await journal.commit(put(1), { fence: 1 });
    const database = new DatabaseSync(join(directory, "state.db"));
    database.exec("UPDATE rows SET value = '{'");
    database.close();

    const { journal: again, setAside } = await openUsableJournal(directory);
    await again[Symbol.asyncDispose]();
    expect(setAside).toBeNull();
  });
});
