import type { Mutant } from "../conformance/mutants.ts";

const resume = "tests/faults/http/range.test.ts";
const generations = "tests/engine/generations.test.ts";

/** What keeps the bytes of a file true and safe, broken one at a time; each names the test that must notice. */
export const faultMutants: readonly (Mutant & { readonly test: string })[] = [
  {
    rule: "G2 bytes are synced before they are committed",
    file: "core/body-writer.ts",
    find: "      .sync()\n      .then(() => onDurable(mark))",
    replace: "      .sync().then(() => undefined, () => undefined)\n      .then(() => onDurable(mark))",
    test: "property-tests/body-writer.property.test.ts",
  },
  {
    rule: "A14 If-Range goes with a Range",
    file: "core/send-request.ts",
    find: '[range, ["if-range", validator.value]]',
    replace: "[range]",
    test: resume,
  },
  {
    rule: "A15 the validator of a part is compared",
    file: "models/partial-response.ts",
    find: 'if (evidence === "different") return "The part belongs to another representation";',
    replace: "",
    // The comparison of bytes would catch it, too, further on.
    test: "models/partial-response.test.ts",
  },
  {
    rule: "A17 a weak ETag proves nothing",
    file: "models/validator.ts",
    find: 'etag[1] === undefined ? { kind: "etag", value: etag[0] } : null',
    replace: '{ kind: "etag", value: etag[0] }',
    test: resume,
  },
  {
    rule: "A6 the end of a part is not the end of the file",
    file: "core/receive-body.ts",
    find: "representation.total === null && response.status !== 206",
    replace: "representation.total === null",
    test: resume,
  },
  {
    rule: "A16 what comes again is compared with what is stored",
    file: "core/compare-stored.ts",
    find: "if (!same(rest, expected, count)) throw new StoredDiffers();",
    replace: "",
    test: generations,
  },
  {
    rule: "P3 what has not been overtaken is kept",
    file: "core/record-run.ts",
    find: "kept: keptBeside(before, generation)",
    replace: "kept: null",
    test: generations,
  },
  {
    rule: "D4 what a caller set does not go to another origin",
    file: "models/redirect.ts",
    find: "(sameOrigin || headersForStrangers.has(known))",
    replace: "true",
    test: "tests/faults/http/redirect.test.ts",
  },
  {
    rule: "B16 what unpacks without end is given up",
    file: "core/decode-body.ts",
    find: "if (isBomb(count.coded, decoded)) throw new ExchangeFailed(bomb);",
    replace: "",
    test: "tests/engine/codings.test.ts",
  },
  {
    rule: "F9 stored bytes count as far as they are intact",
    file: "core/examine-stored.ts",
    find: ": await bodies.intact(bodyId, length, { signal });",
    replace: ": { intact: length };",
    test: "tests/engine/damaged-body.test.ts",
  },
  {
    rule: "N3 network public connects to no private address",
    file: "adapters/node/public-address.ts",
    find: "family === 4) return !special",
    replace: "family === 4) return true || !special",
    test: "tests/public-network/direct.test.ts",
  },
];
