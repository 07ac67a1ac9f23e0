import { appendFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import type { RecordRow, RegistrationRow } from "../../core/index.ts";
import { createEngine } from "../../core/index.ts";
import { fileDigest } from "../crash/file-digest.ts";
import { flipByte } from "../faults/flip-byte.ts";
import { sha256Of } from "../origin/body.ts";
import { createFixture, type Fixture, MiB, nextEvent, stored } from "./fixture.ts";
import { HandJournal } from "./hand-journal.ts";
import { askedFrom, bodyFilesOf, partialDownload, size, storeOf } from "./partial-download.ts";

const loseJournal = (fixture: Fixture): void => rmSync(join(storeOf(fixture), "state.db"));

async function rowsIn(fixture: Fixture): Promise<readonly [RegistrationRow, readonly RecordRow[]][]> {
  await using reader = await readStore({ directory: storeOf(fixture) });
  const rows: [RegistrationRow, readonly RecordRow[]][] = [];
  for await (const row of reader.registrations()) rows.push([row, await reader.records(row.uid, 0, 100)]);
  return rows;
}

describe("rows that are rebuilt from the bodies' notes", () => {
  // Mutant: let a registration go on although records of it are lost.
  it("I4 a registration of which records are lost is kept for the next fetch of its id, which goes on", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const held = origin.resource("/held", { body: { size: MiB, seed: 2 }, faults: [{ type: "silence" }] });
    const { url } = origin.resource("/file", { body: { size, seed: 1 }, faults: [{ type: "stall", after: 9 * MiB }] });
    {
      await using first = await fixture.restart();
      await stored(await first.backgroundFetch.fetch("episode", [held.url, url]), 8 * MiB);
    }
    loseJournal(fixture);

    const second = await fixture.restart();
    expect(second.salvage).toMatchObject({ registrations: 1, bodies: 1 });
    expect(await second.backgroundFetch.get("episode")).toBeUndefined();
    expect(await rowsIn(fixture)).toMatchObject([
      [
        { id: "episode", phase: "released", retained: true, records: 1, settled: 1, downloaded: second.salvage?.bytes },
        [{ index: 0, state: "failure", url }],
      ],
    ]);
    const destination = join(fixture.folder, "file");
    await second.backgroundFetch.fetch("episode", url, { destinations: [destination] });

    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    expect(askedFrom(fixture)).toBe(second.salvage?.bytes);
    expect(await fileDigest(destination)).toBe(sha256Of(1, size));
  });

  // Mutant: totals as the note has them.
  it("I4 F17 only bytes that are proven count, and the totals are those of the rows", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);
    const [body = ""] = bodyFilesOf(fixture);
    await flipByte(body, 2 * MiB + 1);
    loseJournal(fixture);

    const engine = await fixture.restart({ startRestored: false });

    expect(engine.salvage).toEqual({ setAside: null, quarantined: 0, registrations: 1, bodies: 1, bytes: 2 * MiB });
    expect(await rowsIn(fixture)).toMatchObject([
      [
        { id: "episode", phase: "active", downloaded: 2 * MiB, settled: 0, succeeded: 0, cursor: 0, records: 1 },
        [{ state: "pending", generation: { received: [{ start: 0, end: 2 * MiB }] } }],
      ],
    ]);
    expect((await engine.backgroundFetch.get("episode"))?.downloaded).toBe(2 * MiB);
  });

  // Mutant: `intact` for `proven`.
  it("F17 bytes that a crash left behind the last sync do not count", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);
    const [body = ""] = bodyFilesOf(fixture);
    const synced = statSync(body).size;
    appendFileSync(body, new Uint8Array(MiB));
    loseJournal(fixture);

    expect((await fixture.restart({ startRestored: false })).salvage?.bytes).toBe(synced);
  });

  it("I4 a number that was given is not given again", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);
    loseJournal(fixture);
    const engine = await fixture.restart({ startRestored: false });
    await engine.backgroundFetch.fetch("other", `${fixture.origin.url}/missing`);

    expect((await rowsIn(fixture)).map(([{ uid, id }]) => [uid, id])).toEqual([
      [1, "episode"],
      [2, "other"],
    ]);
  });

  // Mutant: one commit for each registration.
  it("G3 what stops the rebuilding changes nothing: the next start gives the same", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const urls = [1, 2].map((seed) => {
      const faults = [{ type: "stall", after: 9 * MiB } as const];
      return origin.resource(`/file${seed}`, { body: { size, seed }, faults }).url;
    });
    {
      await using first = await fixture.restart();
      for (const [n, url] of urls.entries()) await stored(await first.backgroundFetch.fetch(`f${n}`, url), 8 * MiB);
    }
    const files = bodyFilesOf(fixture);
    loseJournal(fixture);
    for (let commits = 0; ; commits += 1) {
      const ports = await openNodePorts({ directory: storeOf(fixture) });
      const journal = new HandJournal(ports.journal);
      let left = commits;
      journal.full = () => left-- <= 0;
      const engine = await createEngine({ ...ports, journal }, { startRestored: false }).catch(() => null);
      await engine?.close();
      if (engine !== null) break;
      expect(await rowsIn(fixture)).toEqual([]);
      expect(bodyFilesOf(fixture)).toEqual(files);
    }
    const once = await rowsIn(fixture);
    loseJournal(fixture);
    await fixture.restart({ startRestored: false });

    expect(once).toHaveLength(2);
    expect(await rowsIn(fixture)).toEqual(once);
  });
});
