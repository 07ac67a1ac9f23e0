import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { fileDigest } from "../crash/file-digest.ts";
import { sha256Of } from "../origin/body.ts";
import { createFixture, type Fixture, MiB, nextEvent } from "./fixture.ts";
import { askedFrom, partialDownload, size, storeOf } from "./partial-download.ts";

const databaseOf = (fixture: Fixture): string => join(storeOf(fixture), "state.db");

const asideIn = (fixture: Fixture): readonly string[] =>
  readdirSync(storeOf(fixture)).filter((name) => name.startsWith("state.db.damaged"));

/** A log that belongs to the database `tables` makes. */
function putForeignLog(fixture: Fixture, tables: string): void {
  const other = join(fixture.folder, "other.db");
  const database = new DatabaseSync(other);
  database.exec(`PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; ${tables}`);
  copyFileSync(`${other}-wal`, `${databaseOf(fixture)}-wal`);
  database.close();
}

const songs = `
  CREATE TABLE songs (n, words);
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 40)
    INSERT INTO songs SELECT n, hex(randomblob(900)) FROM numbers;
`;

const damages: Readonly<Record<string, (fixture: Fixture) => unknown>> = {
  "I3 garbage": (fixture) => writeFileSync(databaseOf(fixture), Buffer.alloc(20_000, "garbage")),
  "I3 a head that is none of SQLite's (NOTADB)": (fixture) => overwrite(databaseOf(fixture), 0, "Not a database"),
  "I3 a database that was cut in the middle": (fixture) => {
    const fd = openSync(databaseOf(fixture), "r+");
    ftruncateSync(fd, statSync(databaseOf(fixture)).size - 5_000);
    closeSync(fd);
  },
  "I3 pages that hold something else": (fixture) => overwrite(databaseOf(fixture), 4_096, "?".repeat(4_096)),
  "I3 the log of a database of something else": (fixture) => putForeignLog(fixture, songs),
  "I3 damage where only the engine reads, in a database too large to be checked at each start": (fixture) => {
    const database = new DatabaseSync(databaseOf(fixture));
    const row = database.prepare("INSERT INTO rows VALUES (?, ?)");
    database.exec("BEGIN");
    for (let n = 0; n < 20; n += 1) row.run(`filler/${n}`, JSON.stringify("x".repeat(1_000_000)));
    database.exec("COMMIT");
    database.close();
    overwrite(databaseOf(fixture), 4_096, "?".repeat(4_096));
  },
};

const losses: Readonly<Record<string, (fixture: Fixture) => unknown>> = {
  "I3 a database of no length": (fixture) => truncateSync(databaseOf(fixture)),
  "I4 a database that was deleted": (fixture) => rmSync(databaseOf(fixture)),
};

function overwrite(path: string, at: number, text: string): void {
  const fd = openSync(path, "r+");
  writeSync(fd, text, at);
  closeSync(fd);
}

// Mutants, each seen to fail: a log that is never asked whose it is; no second try after damage that the engine met.
describe("a journal that is damaged or gone, beside a download that is under way", () => {
  for (const [title, damage] of Object.entries(damages)) {
    it(`${title} is set aside, and the download goes on from its bytes`, async () => {
      await using fixture = await createFixture();
      const destination = join(fixture.folder, "file");
      await partialDownload(fixture, { destinations: [destination] });
      damage(fixture);

      const engine = await fixture.restart();
      const { salvage } = engine;
      const { type } = await nextEvent(engine);

      expect(salvage).toMatchObject({ registrations: 1, bodies: 1, setAside: `${databaseOf(fixture)}.damaged-1` });
      expect(salvage?.bytes).toBeGreaterThanOrEqual(8 * MiB);
      expect([type, askedFrom(fixture)]).toEqual(["backgroundfetchsuccess", salvage?.bytes]);
      expect(await fileDigest(destination)).toBe(sha256Of(1, size));
      expect(asideIn(fixture)).toContain("state.db.damaged-1");
    });
  }

  for (const [title, lose] of Object.entries(losses)) {
    it(`${title} is begun anew, and the download goes on from its bytes`, async () => {
      await using fixture = await createFixture();
      const destination = join(fixture.folder, "file");
      await partialDownload(fixture, { destinations: [destination] });
      lose(fixture);

      const engine = await fixture.restart();
      const { salvage } = engine;
      const { type } = await nextEvent(engine);

      expect(salvage).toMatchObject({ registrations: 1, bodies: 1, setAside: null });
      expect([type, askedFrom(fixture)]).toEqual(["backgroundfetchsuccess", salvage?.bytes]);
      expect(await fileDigest(destination)).toBe(sha256Of(1, size));
      expect(asideIn(fixture)).toEqual([]);
    });
  }

  it("I4 a journal that is as it should be is left alone", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);

    expect((await fixture.restart()).salvage).toBeNull();
  });
});
