import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyPathOf } from "../adapters/node/body-path.ts";
import { FileBodyStore } from "../adapters/node/file-body-store.ts";
import { sidecarPathOf } from "../adapters/node/sidecar.ts";
import { testFolder } from "../tests/faults/test-folder.ts";
import { bodyIdOf, bytesOf } from "./contracts/body-store-harness.ts";

const id = bodyIdOf(1);

/** One thing done to an open body; `synced` after it or not. */
const step = fc.record({
  /** Where it writes: on from the end, or further back. */
  back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 2_500_000 })),
  length: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 1_400_000 })),
  seed: fc.nat({ max: 200 }),
  sync: fc.boolean(),
  note: fc.boolean(),
  reopen: fc.boolean(),
  cut: fc.boolean(),
});

/** Something done to a file behind the store's back: `at` and `length` as parts of its length. */
const edit = fc.record({
  how: fc.constantFrom("zero", "flip", "copy", "cut"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.double({ min: 0, max: 0.2, noNaN: true }),
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

function apply(path: string, { how, at, length }: Edit): void {
  const bytes = readFileSync(path);
  const start = Math.floor(at * bytes.byteLength);
  const end = Math.min(bytes.byteLength, start + 1 + Math.floor(length * bytes.byteLength));
  if (how === "cut") return truncateSync(path, start);
  if (how === "zero") bytes.fill(0, start, end);
  else if (how === "copy") bytes.copyWithin(start, 0, end - start);
  else for (let n = start; n < end; n += 1) bytes[n] = bytes.readUInt8(n) ^ 0x11;
  writeFileSync(path, bytes);
}

/** Make a body by `steps`; gives what its file holds then, and how much of it from the start was synced last. */
async function write(store: FileBodyStore, steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  let body = await store.create(id);
  let end = 0;
  for (const { back, length, seed, sync, note, reopen, cut } of steps) {
    const offset = Math.max(0, end - back);
    if (cut) await body.truncate(offset);
    await body.write(offset, [bytesOf(length, seed)]);
    end = cut ? offset + length : Math.max(end, offset + length);
    if (note) await body.note({ seed });
    if (sync) await body.sync();
    if (!reopen) continue;
    await body[Symbol.asyncDispose]();
    body = await store.open(id);
  }
  await body.note("last");
  await body.sync();
  await body[Symbol.asyncDispose]();
}

const steps = fc.array(step, { minLength: 1, maxLength: 5 });

// Mutants seen to fail: no `#forget` before a write; lines whose check is not compared; a mark that counts as matching before it
// was compared; proofs with a gap before them that count from the start.
describe("what a sidecar proves", () => {
  async function check(
    damage: (path: string) => void,
    holds: (before: Buffer, after: Buffer, intact: number, proven: number) => void,
    program: Parameters<typeof write>[1],
  ) {
    const folder = testFolder();
    await using store = await FileBodyStore.open({ directory: folder });
    await write(store, program);
    const path = bodyPathOf(folder, id);
    const before = readFileSync(path);
    damage(path);
    const { intact, proven } = await store.intact(id, before.byteLength);
    holds(before, readFileSync(path), intact, proven);
  }

  it("F9 no byte is proven that is not what was written, whatever is done to both files", {
    timeout: 120_000,
  }, async () => {
    const property = fc.asyncProperty(
      steps,
      fc.array(edit, { maxLength: 3 }),
      fc.array(edit, { maxLength: 3 }),
      (program, body, note) =>
        check(
          (path) => {
            for (const one of body) apply(path, one);
            for (const one of note) apply(sidecarPathOf(path), one);
          },
          (before, after, intact, proven) => {
            expect(intact).toBeLessThanOrEqual(after.byteLength);
            expect(proven).toBeLessThanOrEqual(intact);
            expect(after.subarray(0, proven).equals(before.subarray(0, proven))).toBe(true);
          },
          program,
        ),
    );
    await fc.assert(property, { numRuns: 25 });
  });

  it("F9 every byte counts when only the sidecar is damaged", { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(steps, fc.array(edit, { maxLength: 4 }), (program, edits) =>
      check(
        (path) => {
          for (const one of edits) apply(sidecarPathOf(path), one);
        },
        (before, _, intact) => expect(intact).toBe(before.byteLength),
        program,
      ),
    );
    await fc.assert(property, { numRuns: 25 });
  });
});
