import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { fileDigest } from "../crash/file-digest.ts";
import { sha256Of } from "../origin/body.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent } from "./fixture.ts";
import { askedFrom, partialDownload, size, storeOf } from "./partial-download.ts";

function rowsLike(fixture: Fixture, prefix: string): readonly (readonly [unknown, unknown])[] {
  const database = new DatabaseSync(join(storeOf(fixture), "state.db"), { readOnly: true });
  const rows = database.prepare("SELECT key, value FROM rows WHERE key GLOB ? ORDER BY key").all(`${prefix}*`);
  database.close();
  return rows.map(({ key, value }) => [key, value]);
}

function damageRegistrations(fixture: Fixture, sql: string): void {
  const database = new DatabaseSync(join(storeOf(fixture), "state.db"));
  database.exec(`UPDATE rows SET value = ${sql} WHERE key GLOB 'registration/*'`);
  database.close();
}

describe("a registration's row that is damaged in a sound database", () => {
  // Mutants, each seen to fail: a row that is believed as long as it has `v`; a quarantine that only deletes.
  for (const [title, sql] of [
    ["no JSON", `substr(value, 1, 40)`],
    ["of odd types", `json_set(value, '$.records', 'many')`],
    ["another one's", `json_set(value, '$.uid', 77)`],
  ]) {
    it(`I11 ${title}: is put into quarantine, and rebuilt from its bodies; the others go on`, async () => {
      await using fixture = await createFixture();
      const destination = join(fixture.folder, "file");
      await partialDownload(fixture, { destinations: [destination] });
      damageRegistrations(fixture, `${sql}`);
      const damaged = rowsLike(fixture, "registration/");
      const { url } = fixture.origin.resource("/other", { body: { size: KiB, seed: 2 } });

      const engine = await fixture.restart();
      expect(engine.salvage).toMatchObject({ quarantined: 1, registrations: 1, setAside: null });
      expect(rowsLike(fixture, "quarantine/registration/").map(([, value]) => value)).toHaveLength(1);
      expect(rowsLike(fixture, "quarantine/record/")).toHaveLength(1);
      const [[, kept] = []] = rowsLike(fixture, "quarantine/registration/");
      expect([kept, JSON.parse(String(kept))]).toContain(damaged[0]?.[1]);
      expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
      expect(askedFrom(fixture)).toBeGreaterThanOrEqual(8 * MiB);
      expect(await fileDigest(destination)).toBe(sha256Of(1, size));
      await engine.backgroundFetch.fetch("other", url);
      expect((await nextEvent(engine)).registration.id).toBe("other");

      expect((await fixture.restart()).salvage).toBeNull();
    });
  }

  // Mutant: read the row again and again, as if it would mend itself.
  it("I11 a record's row that is damaged fails its record, and the registration comes to its end", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);
    const database = new DatabaseSync(join(storeOf(fixture), "state.db"));
    database.exec("UPDATE rows SET value = substr(value, 1, 40) WHERE key GLOB 'record/*'");
    database.close();

    const engine = await fixture.restart();

    expect((await nextEvent(engine)).registration.failureReason).toBe("fetch-error");
  });

  it("I11 a row that a newer longhaul wrote is not taken for a damaged one", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);
    damageRegistrations(fixture, `json_set(value, '$.v', 2)`);

    await expect(fixture.restart()).rejects.toMatchObject({ code: "LONGHAUL_JOURNAL_NEWER" });
    expect(rowsLike(fixture, "quarantine/")).toEqual([]);
  });
});
