import { zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bodyOf, collected } from "../../property-tests/contracts/codings-harness.ts";
import { NodeCodings } from "./node-codings.ts";

const codings = new NodeCodings();

describe("node codings", () => {
  /** Catches: the end of node's stream taken for the body's. It ends after the first frame of a chunk, without a word. */
  it.each([
    { split: "in one chunk", size: 1_000_000 },
    { split: "in pieces that end within a frame", size: 41 },
    { split: "in pieces within each of which a frame ends", size: 10 },
  ])("B12 gives all frames of a zstd body, $split", async ({ size }) => {
    const frames = ["one, ", "two, ", "three"].map((text) => zstdCompressSync(text.repeat(100)));
    const coded = Buffer.concat(frames);
    const items = Array.from({ length: Math.ceil(coded.length / size) }, (_, at) => [
      coded.subarray(at * size, (at + 1) * size),
    ]);

    const bytes = await collected(codings.decode("zstd", bodyOf(...items)));

    expect(Buffer.from(bytes).toString()).toBe("one, ".repeat(100) + "two, ".repeat(100) + "three".repeat(100));
  });

  it("B13 refuses a zstd body whose last frame is cut", async () => {
    const frame = zstdCompressSync("again ".repeat(100));

    const cut = collected(codings.decode("zstd", bodyOf([Buffer.concat([frame, frame.subarray(0, -1)])])));

    await expect(cut).rejects.toMatchObject({ kind: "malformed" });
  });
});
