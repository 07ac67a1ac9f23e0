import { codedSamples, plain, storedInDeflate, wideSamples, zerosInDeflate } from "./coded-samples.ts";
import {
  bodyOf,
  type CodingsHarness,
  collected,
  forEachSample,
  givesPlain,
  lengthOf,
  refusesCoded,
} from "./codings-harness.ts";
import { codingsReaderCases } from "./codings-reader-cases.ts";
import { type ContractCase, check } from "./contract.ts";
import { isSame } from "./same.ts";

export type { CodingsHarness } from "./codings-harness.ts";

const MiB = 1024 * 1024;
const isChecked = (form: string): boolean => form === "gzip" || form === "deflate" || form === "zstd";
const ofGzip = codedSamples.filter(({ form }) => form === "gzip");
const undeflated = ({ codings }: CodingsHarness) =>
  codings.includes("deflate") ? undefined : "does not know deflate, of which the body is made";

/** What every `Codings` must do. */
export const codingsContract: readonly ContractCase<CodingsHarness>[] = [
  {
    title: "names in `supports` what it can undo, in lower case, and identity is nothing to undo",
    async run(harness) {
      const { supports } = await harness.open();
      check(isSame(supports, { codings: harness.codings, members: harness.members }), "is what the harness says");
      for (const coding of supports.codings) {
        check(coding === coding.toLowerCase() && coding !== "identity", `${coding} is the name of a coding`);
      }
    },
  },
  ...forEachSample(
    (form) => `gives the bytes that were coded, however they were split: ${form}`,
    async (codings, { coding, coded }) => {
      await givesPlain(codings, coding, [[coded]], "in one chunk");
      const bytes = Array.from(coded, (byte) => Uint8Array.of(byte));
      await givesPlain(codings, coding, [bytes], "a byte a chunk");
      const items = bytes.map((byte) => [byte]);
      await givesPlain(codings, coding, items, "a byte an item");
    },
  ),
  ...forEachSample(
    () => "takes gzip by its old name, x-gzip",
    (codings, { coded }) => givesPlain(codings, "x-gzip", [[coded]], "x-gzip is gzip"),
    ofGzip,
  ),
  {
    title: "must throw a TypeError for a coding that `supports` does not name",
    async run(harness) {
      const codings = await harness.open();
      for (const coding of ["compress", "identity", "GZIP", "", "constructor"]) {
        let thrown: unknown = null;
        try {
          codings.decode(coding, bodyOf([Uint8Array.of(1)]));
        } catch (error) {
          thrown = error;
        }
        check(thrown instanceof TypeError, `${coding} is refused at once`);
      }
    },
  },
  ...forEachSample(
    (form) => `must refuse as malformed an end before the coding's own: ${form}`,
    async (codings, { coding, coded }) => {
      for (let length = 0; length < coded.byteLength; length += 1) {
        await refusesCoded(codings, coding, [[coded.subarray(0, length)]], `cut after ${length} bytes`);
      }
    },
  ),
  ...forEachSample(
    (form) => `must refuse as malformed bytes after the coding's end: ${form}`,
    async (codings, { coding, coded }) => {
      for (const more of [Uint8Array.of(0), Uint8Array.of(1, 2, 3, 4), Uint8Array.of(0x1f, 0x8b)]) {
        await refusesCoded(codings, coding, [[coded, more]], "in the same item");
        await refusesCoded(codings, coding, [[coded], [more]], "in the next item");
      }
    },
  ),
  ...forEachSample(
    (form) => `must refuse as malformed what is corrupt or has a wrong checksum: ${form}`,
    async (codings, { coding, coded }) => {
      const last = coded.byteLength - 1;
      const tail = coded.subarray(last).map((byte) => byte ^ 0xff);
      await refusesCoded(codings, coding, [[coded.subarray(0, last), tail]], "another last byte");
      const noise = Uint8Array.from({ length: 64 }, (_, at) => (at * 167 + 91) & 0xff);
      await refusesCoded(codings, coding, [[noise]], "noise");
    },
    codedSamples.filter(({ form }) => isChecked(form)),
  ),
  ...forEachSample(
    (form) => `must refuse as malformed a window that no server may ask for: ${form}`,
    (codings, { coding, coded }) => refusesCoded(codings, coding, [[coded]], "too wide"),
    wideSamples,
  ),
  ...forEachSample(
    () => "gives all members of a gzip body, or refuses it where `supports.members` is false",
    async (codings, { coding, coded }) => {
      for (const items of [[[coded, coded]], [[coded], [coded]]]) {
        if (!codings.supports.members) await refusesCoded(codings, coding, items, "a second member");
        else {
          const bytes = await collected(codings.decode(coding, bodyOf(...items)));
          check(isSame(bytes, Uint8Array.of(...plain, ...plain)), "both members come");
        }
      }
      await refusesCoded(codings, coding, [[coded], [coded.subarray(0, -1)]], "a cut second member");
    },
    ofGzip,
  ),
  {
    title: "must hold at most a few MiB that nobody has pulled, however much one chunk stands for",
    skip: undeflated,
    async run(harness) {
      const coded = zerosInDeflate(64 * 1024);
      const body = bodyOf([coded], [coded]);
      const items = (await harness.open()).decode("deflate", body)[Symbol.asyncIterator]();
      for (let total = 0; total < 32 * MiB; ) {
        const { value = [] } = await items.next();
        const length = lengthOf(value);
        check(length > 0, "there is more to come");
        check(length <= 8 * MiB, `${length} bytes are a few MiB`);
        total += length;
      }
      check(body.pulls === 1, "pulls nothing before it is out of what it had");
      await items.return?.();
    },
  },
  {
    title: "must pull no more than its reader needs, of a body without end",
    skip: undeflated,
    async run(harness) {
      const block = storedInDeflate();
      const body = bodyOf(...Array.from({ length: 4096 }, () => [block]));
      const items = (await harness.open()).decode("deflate", body)[Symbol.asyncIterator]();
      let total = 0;
      while (total < 2 * MiB) {
        const { value = [] } = await items.next();
        total += lengthOf(value);
      }
      const held = body.pulls * 0x8000 - total;
      check(held <= 4 * MiB, `${held} bytes are pulled ahead`);
      await items.return?.();
    },
  },
  ...codingsReaderCases,
];
