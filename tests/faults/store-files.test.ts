import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyPathOf } from "../../adapters/node/body-path.ts";
import { FileBodyStore } from "../../adapters/node/file-body-store.ts";
import { NodeRandom } from "../../adapters/node/index.ts";
import { createBodyIds } from "../../core/body-ids.ts";
import { bodyIdOf, keep, bytesOf as storeBytesOf } from "../../property-tests/contracts/body-store-harness.ts";
import { fileDigest } from "../crash/file-digest.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, rangeBehind, stored } from "../engine/fixture.ts";
import { sha256Of } from "../origin/body.ts";
import { testFolder } from "./test-folder.ts";

const size = 2 * MiB;

/** A download that was stopped in the middle, and the only body file of its store. */
async function stoppedHalfway(fixture: Fixture): Promise<{ readonly body: string; readonly destination: string }> {
  const { url } = fixture.origin.resource("/file", {
    body: { size, seed: 1 },
    faults: [{ type: "stall", after: MiB }],
  });
  const destination = join(fixture.folder, "file");
  const engine = await fixture.restart({ checkpointBytes: 256 * KiB, checkpointMs: 20 });
  const registration = await engine.backgroundFetch.fetch("episode", url, { destinations: [destination] });
  await stored(registration, MiB);
  await engine.close();
  const bodies = join(fixture.folder, "store", "bodies");
  const [file] = readdirSync(bodies, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { body: join(file?.parentPath ?? "", file?.name ?? ""), destination };
}

describe("a body's file", { timeout: 60_000 }, () => {
  it("F8 that somebody has deleted between two runs is fetched anew, whole", async () => {
    await using fixture = await createFixture();
    const { body, destination } = await stoppedHalfway(fixture);
    rmSync(body);

    expect((await nextEvent(await fixture.restart())).type).toBe("backgroundfetchsuccess");

    expect(await fileDigest(destination)).toBe(sha256Of(1, size));
    expect(fixture.origin.log[1]?.range).toBeNull();
  });

  // Mutant: publish the file as long as it is.
  it("F17 that a crash left longer than its checkpoint, with zeros, is continued at the checkpoint", async () => {
    await using fixture = await createFixture();
    const { body, destination } = await stoppedHalfway(fixture);
    appendFileSync(body, Buffer.alloc(3 * MiB));

    expect((await nextEvent(await fixture.restart())).type).toBe("backgroundfetchsuccess");

    expect(await fileDigest(destination)).toBe(sha256Of(1, size));
    expect(fixture.origin.log[1]?.range).toBe(rangeBehind(MiB));
  });

  // Mutant: not looking at how many names it has.
  it("F11 that is another file's second name is not written to", async () => {
    const folder = testFolder();
    await using store = await FileBodyStore.open({ directory: join(folder, "store") });
    const victim = join(folder, "victim");
    writeFileSync(victim, "not yours");
    const id = bodyIdOf(1);
    const path = bodyPathOf(join(folder, "store"), id);
    mkdirSync(dirname(path), { recursive: true });
    linkSync(victim, path);

    await expect(store.create(id)).rejects.toMatchObject({ code: "LONGHAUL_BODY_EXISTS" });
    await expect(store.open(id)).rejects.toMatchObject({ code: "LONGHAUL_BODY_FAILED" });

    expect(readFileSync(victim, "utf8")).toBe("not yours");
  });

  it("F11 F22 has one name while it is written, and is its owner's alone", async () => {
    const directory = testFolder();
    await using store = await FileBodyStore.open({ directory });
    await keep(store, bodyIdOf(2), storeBytesOf(10));

    const { nlink, mode } = statSync(bodyPathOf(directory, bodyIdOf(2)));

    expect([nlink, mode & 0o777]).toEqual([1, 0o600]);
  });

  // Mutant: one folder for all bodies.
  it("F21 has few beside it in its folder, however many there are", async () => {
    const directory = testFolder();
    await using store = await FileBodyStore.open({ directory });
    const newId = createBodyIds(new NodeRandom());
    for (let n = 0; n < 1_500; n += 1) await (await store.create(newId()))[Symbol.asyncDispose]();

    const bodies = join(directory, "bodies");
    const counts = readdirSync(bodies).map((shard) => readdirSync(join(bodies, shard)).length);

    expect(counts.reduce((sum, count) => sum + count)).toBe(1_500);
    expect(Math.max(...counts)).toBeLessThanOrEqual(256);
  });
});
