import { describe, expect, it } from "vitest";
import { createFixture, KiB, nextEvent } from "./fixture.ts";

describe("a connection that drips", () => {
  it("C16 Works while it can: is given up for another, which goes on where it was", async () => {
    await using fixture = await createFixture();
    const ranges: string[] = [];
    const body = Buffer.alloc(300 * KiB, 7);
    fixture.origin.route("/drip", (request, response) => {
      ranges.push(request.headers.range ?? "");
      const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const range = { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` };
      response.writeHead(start > 0 ? 206 : 200, {
        etag: '"drip"',
        "content-length": body.length - start,
        ...(start > 0 ? range : {}),
      });
      if (ranges.length > 1) return void response.end(body.subarray(start));
      let at = 0;
      const drip = setInterval(() => response.write(body.subarray(at, ++at)), 10);
      response.once("close", () => clearInterval(drip));
    });
    const engine = await fixture.restart({ lowSpeed: { overMs: 200 }, checkpointMs: 20 });

    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/drip`);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(ranges).toEqual(["", expect.stringMatching(/^bytes=[1-9]/)]);
  });

  it("C16 is put up with where its bytes could not be continued", async () => {
    await using fixture = await createFixture();
    let asked = 0;
    fixture.origin.route("/drip", (_, response) => {
      asked += 1;
      response.writeHead(200, { "content-length": 40 });
      let sent = 0;
      const drip = setInterval(() => {
        sent += 1;
        response.write("x");
        if (sent === 40) clearInterval(drip);
      }, 10);
      response.once("close", () => clearInterval(drip));
    });
    const engine = await fixture.restart({ lowSpeed: { overMs: 100 } });

    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/drip`);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(asked).toBe(1);
  });
});
