import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createOrigin } from "../origin/origin.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent } from "./fixture.ts";

/** Whether any file of the store holds this text. */
async function isStored({ folder }: Fixture, text: string): Promise<boolean> {
  for (const entry of await readdir(join(folder, "store"), { recursive: true, withFileTypes: true })) {
    // What has been let go meanwhile holds nothing any more.
    const bytes = entry.isFile() ? await readFile(join(entry.parentPath, entry.name)).catch(() => null) : null;
    if (bytes?.includes(text)) return true;
  }
  return false;
}

describe("header fields that are provided", () => {
  it("are sent instead of those of the request, made anew for each exchange, and never stored or told", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", {
      body: { size: 2 * MiB, seed: 1 },
      faults: [{ type: "cut", after: MiB, how: "rst" }],
    });
    let count = 0;
    const engine = await fixture.restart({
      headers: ({ refused }) => {
        count += 1;
        return { authorization: `Bearer s3cret-${count}`, "x-refused": String(refused) };
      },
    });
    const told: string[] = [];
    for (const name of ["record.state", "record.settled", "registration.progress", "fault"] as const) {
      engine.events.on(name, (notice: unknown) => told.push(JSON.stringify(notice)));
    }

    await engine.backgroundFetch.fetch(
      "film",
      new Request(url, { headers: { authorization: "old", "x-kind": "film" } }),
    );

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    const sent = fixture.origin.log.map(({ headers }) => [
      headers["authorization"],
      headers["x-kind"],
      headers["x-refused"],
    ]);
    expect(sent).toEqual([
      ["Bearer s3cret-1", "film", "null"],
      ["Bearer s3cret-2", "film", "null"],
    ]);
    expect([told.join().includes("s3cret"), await isStored(fixture, "s3cret")]).toEqual([false, false]);
  });

  // Mutants: do not ask again; ask for ever.
  it("C8 are asked for once more when the server refuses them, and what is held is gone on from", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", {
      body: { size: 2 * MiB, seed: 1 },
      faults: [
        { type: "cut", after: MiB, how: "rst" },
        { type: "status", status: 403 },
      ],
    });
    const refused: (number | null)[] = [];
    const engine = await fixture.restart({
      headers(query) {
        refused.push(query.refused);
        return {};
      },
    });

    await engine.backgroundFetch.fetch("film", url);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(refused).toEqual([null, null, 403]);
    expect(fixture.origin.log.at(-1)?.range).toMatch(/^bytes=[1-9]/);
  });

  it("C8 that stay refused are a bad status, and a POST is not sent again for them", async () => {
    await using fixture = await createFixture();
    const faults = [{ type: "status", status: 401, times: "always" }] as const;
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 }, faults });
    const engine = await fixture.restart({ headers: () => ({ authorization: "x" }) });

    await engine.backgroundFetch.fetch("film", [url, new Request(url, { method: "POST", body: "photo" })]);

    expect((await nextEvent(engine)).registration.failureReason).toBe("bad-status");
    expect(fixture.origin.log.map(({ method }) => method).toSorted()).toEqual(["GET", "GET", "POST"]);
  });

  it("that cannot be had are a failure that is tried again, and whose words keep the secret", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    let times = 0;
    const engine = await fixture.restart({
      async headers() {
        times += 1;
        if (times < 3) throw new Error("refresh token s3cret has expired");
        return { authorization: "fresh" };
      },
    });
    const failures: string[] = [];
    engine.events.on("record.state", ({ failure }) => failures.push(JSON.stringify(failure)));

    await engine.backgroundFetch.fetch("film", url);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(failures.join()).toContain("headers-unavailable");
    expect(failures.join()).not.toContain("s3cret");
  });

  it("D4 do not follow a redirect to another origin", async () => {
    await using fixture = await createFixture();
    await using other = await createOrigin();
    const { url } = other.resource("/film", { body: { size: KiB, seed: 1 } });
    fixture.origin.route("/away", (_, response) => void response.writeHead(302, { location: url }).end());
    const engine = await fixture.restart({ headers: () => ({ authorization: "x", "x-api-key": "s3cret" }) });

    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/away`);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    const { headers } = other.log[0] ?? {};
    expect([headers?.["authorization"], headers?.["x-api-key"]]).toEqual([undefined, undefined]);
  });
});
