import { copyFileSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openEngine, readStore } from "../../adapters/node/index.ts";
import { SqliteJournalStore } from "../../adapters/node/sqlite-journal-store.ts";
import { canMount, smallVolume } from "./small-volume.ts";
import { testFolder } from "./test-folder.ts";

const fence = { fence: 1 };

describe("a journal", { timeout: 60_000 }, () => {
  // Mutant: no busy timeout, or a commit that goes on without the transaction.
  it("I1 that another program has locked refuses a commit whole, and takes it once the lock is gone", async () => {
    const directory = testFolder();
    await using store = await SqliteJournalStore.open({ directory });
    await store.commit([{ type: "put", key: "k", value: 1 }], fence);
    const other = new DatabaseSync(join(directory, "state.db"));
    other.exec("BEGIN IMMEDIATE");

    const begun = performance.now();
    const failed = expect.objectContaining({ code: "LONGHAUL_JOURNAL_FAILED" });
    await expect(store.commit([{ type: "put", key: "k", value: 2 }], fence)).rejects.toEqual(failed);
    expect(performance.now() - begun).toBeGreaterThan(4_500);
    expect(await store.get("k")).toBe(1);

    other.exec("ROLLBACK");
    other.close();
    await store.commit([{ type: "put", key: "k", value: 3 }], fence);
    expect(await store.get("k")).toBe(3);
  });

  it.runIf(canMount)(
    "I2 on a full disk refuses a commit whole, stays readable, and takes the next that fits",
    async () => {
      const { path } = smallVolume(400_000);
      await using store = await SqliteJournalStore.open({ directory: path });
      await store.commit([{ type: "put", key: "a", value: 1 }], fence);
      const large = Array.from({ length: 600 }, (_, n) => ({
        type: "put" as const,
        key: `large/${n}`,
        value: "x".repeat(1_000),
      }));

      await expect(store.commit(large, fence)).rejects.toMatchObject({ code: "LONGHAUL_JOURNAL_FULL" });

      expect(await store.list({ prefix: "large/", limit: 1 })).toEqual([]);
      await store.commit([{ type: "put", key: "a", value: 2 }], fence);
      expect(await store.get("a")).toBe(2);
    },
  );

  // Mutant: tables that are made in several transactions.
  it("I6 whose making was cut off before its commit is made anew", async () => {
    const directory = testFolder();
    const half = new DatabaseSync(join(directory, "state.db"));
    half.exec("PRAGMA journal_mode = wal; PRAGMA cache_size = 1; BEGIN IMMEDIATE");
    half.exec("CREATE TABLE rows (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID");
    // What a process that dies now leaves behind: a log without a commit.
    const left = join(testFolder(), "store");
    mkdirSync(left);
    for (const name of ["state.db", "state.db-wal"]) copyFileSync(join(directory, name), join(left, name));
    half.close();

    await using store = await SqliteJournalStore.open({ directory: left });
    await store.commit([{ type: "put", key: "k", value: 1 }], fence);
    expect(await store.get("k")).toBe(1);
  });

  // Mutant: read what one knows of a row of another version.
  it("I7 with rows of a newer longhaul opens neither to run nor to look, and is left as it is", async () => {
    const directory = testFolder();
    {
      await using store = await SqliteJournalStore.open({ directory });
      const row = { v: 2, uid: 1, id: "episode" };
      await store.commit([{ type: "put", key: "registration/000000000001", value: row }], fence);
    }
    const newer = { code: "LONGHAUL_JOURNAL_NEWER" };

    await expect(openEngine({ directory })).rejects.toMatchObject(newer);
    await using rows = await readStore({ directory });
    await expect(rows.registrations()[Symbol.asyncIterator]().next()).rejects.toMatchObject(newer);

    await using store = await SqliteJournalStore.open({ directory });
    expect(await store.get("registration/000000000001")).toMatchObject({ v: 2, id: "episode" });
  });

  it.runIf(canMount)(
    "I8 F6 on a file system that may only be read is refused by name, and changes nothing",
    async () => {
      const volume = smallVolume(1_000_000);
      await (await openEngine({ directory: volume.path })).close();
      const before = readFileSync(join(volume.path, "state.db"));
      volume.makeReadOnly();

      const message = expect.stringContaining(volume.path);
      await expect(openEngine({ directory: volume.path })).rejects.toMatchObject({
        code: expect.stringMatching(/_DENIED$/),
        message,
      });

      expect(readFileSync(join(volume.path, "state.db")).equals(before)).toBe(true);
    },
  );

  // Mutant: a reader that holds one transaction for as long as it is open: the log grows to 30 MB.
  it("I9 keeps its log short while somebody looks", async () => {
    const directory = testFolder();
    await using store = await SqliteJournalStore.open({ directory });
    const row = {
      ...{ v: 1, id: "one", title: "x".repeat(20_000), icons: [], downloadTotal: 0, uploadTotal: 0, createdAt: 1 },
      ...{ phase: "active", paused: false, failureReason: null, records: 1, settled: 0, succeeded: 0, downloaded: 0 },
      ...{ uploaded: 0, cursor: 0, retained: false, pausable: true, priority: "auto", retry: null },
    } as const;
    await store.commit(
      [1, 2, 3].map((uid) => ({ type: "put", key: `registration/00000000000${uid}`, value: { ...row, uid } })),
      fence,
    );
    await using rows = await readStore({ directory });
    const looking = rows.registrations()[Symbol.asyncIterator]();
    await looking.next();

    for (let n = 0; n < 1_500; n += 100) {
      const commits = Array.from({ length: 100 }, (_, m) =>
        store.commit([{ type: "put", key: `row/${n + m}`, value: row }], fence),
      );
      await Promise.all(commits);
    }

    expect(statSync(join(directory, "state.db-wal")).size).toBeLessThan(12_000_000);
    expect((await looking.next()).done).toBe(false);
  });

  it("I10 keeps every count of bytes that JavaScript can count", async () => {
    const directory = testFolder();
    const counts = [2 ** 31, 2 ** 32 + 1, 2 ** 52 + 1, Number.MAX_SAFE_INTEGER];
    {
      await using store = await SqliteJournalStore.open({ directory });
      await store.commit([{ type: "put", key: "k", value: counts }], fence);
    }
    await using store = await SqliteJournalStore.open({ directory });
    expect(await store.get("k")).toEqual(counts);
  });
});
