import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { sha256Of } from "../origin/body.ts";
import type { Fault } from "../origin/fault.ts";
import { createOrigin } from "../origin/origin.ts";
import { fileDigest } from "./file-digest.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const MiB = 1024 * 1024;
const size = 12 * MiB;

/** Download with the first run stopped in the middle, the file changed, and a second run. */
async function resumeAfterChange(etags: readonly [string | null, string | null], secondFault?: Fault) {
  await using folder = await temporaryFolder();
  await using origin = await createOrigin();
  const resource = origin.resource("/file", {
    body: { size, seed: 1 },
    etag: etags[0],
    faults: [{ type: "stall", after: 6 * MiB }],
  });
  const directory = join(folder.path, "store");
  const destination = join(folder.path, "file");
  {
    await using first = await openEngine({ directory });
    const registration = await first.backgroundFetch.fetch("file", resource.url, { destinations: [destination] });
    await new Promise<void>((resolve) => {
      registration.onprogress = () => void (registration.downloaded >= 5 * MiB && resolve());
    });
  }
  resource.change({ body: { size, seed: 2 }, etag: etags[1] });
  if (secondFault !== undefined) resource.faults.add(secondFault);

  await using second = await openEngine({ directory });
  await new Promise((resolve) => second.addEventListener("backgroundfetchsuccess", resolve));
  return { digest: await fileDigest(destination), requests: origin.log };
}

describe("a file that changes on the server between two runs", () => {
  // Mutant: send no If-Range.
  it("A14 a new strong ETag: the result is the new file whole", async () => {
    const { digest, requests } = await resumeAfterChange(['"one"', '"two"']);

    expect(digest).toBe(sha256Of(2, size));
    expect(requests[1]).toMatchObject({ ifRange: '"one"', status: 200 });
  });

  // Mutant: do not compare the validator of the 206.
  it("A15 a server that ignores If-Range and answers 206 of the new file: still the new file whole", async () => {
    const { digest, requests } = await resumeAfterChange(['"one"', '"two"'], { type: "ignore-if-range" });

    expect(digest).toBe(sha256Of(2, size));
    expect(requests.map(({ status }) => status)).toEqual([200, 206, 200]);
  });

  it("A17 weak ETags prove nothing: no range is asked for", async () => {
    const { digest, requests } = await resumeAfterChange(['W/"same"', 'W/"same"']);

    expect(digest).toBe(sha256Of(2, size));
    expect(requests[1]?.range).toBeNull();
  });

  it("A20 no validator at all: no range is asked for", async () => {
    const { digest, requests } = await resumeAfterChange([null, null]);

    expect(digest).toBe(sha256Of(2, size));
    expect(requests[1]?.range).toBeNull();
  });
});
