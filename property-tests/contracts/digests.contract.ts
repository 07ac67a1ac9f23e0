import type { DigestAlgorithm, Digests } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where an implementation of digests meets its contract. */
export interface DigestsHarness {
  readonly name: string;
  open(): Promise<Digests>;
}

/** Of nothing, of "abc", and of a million times "a" (FIPS 180-4's examples), the first 16 hexadecimal digits. */
const known: readonly (readonly [DigestAlgorithm, readonly [string, string, string]])[] = [
  ["sha256", ["e3b0c44298fc1c14", "ba7816bf8f01cfea", "cdc76e5c9914fb92"]],
  ["sha384", ["38b060a751ac9638", "cb00753f45a35e8b", "9d0e1809716474cb"]],
  ["sha512", ["cf83e1357eefb8bd", "ddaf35a193617aba", "e718483d0ce76964"]],
];
const lengths = { sha256: 32, sha384: 48, sha512: 64 } as const;

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** What every `Digests` must do. */
export const digestsContract: readonly ContractCase<DigestsHarness>[] = [
  {
    title: "create knows all three algorithms",
    async run(harness) {
      const digests = await harness.open();
      const million = new Uint8Array(1_000_000).fill(0x61);
      for (const [algorithm, [ofNothing, ofAbc, ofMillion]] of known) {
        const digestOf = (bytes: Uint8Array): Uint8Array => {
          const digest = digests.create(algorithm);
          digest.update(bytes);
          return digest.finish();
        };
        check(digests.create(algorithm).finish().length === lengths[algorithm], `${algorithm} is as long as it says`);
        check(hexOf(digests.create(algorithm).finish()) === ofNothing, `${algorithm} of nothing`);
        check(hexOf(digestOf(Uint8Array.of(0x61, 0x62, 0x63))) === ofAbc, `${algorithm} of abc`);
        check(hexOf(digestOf(million)) === ofMillion, `${algorithm} of a million bytes`);
      }
    },
  },
  {
    title: "finish gives the digest of the bytes of all updates in their order, however they were split",
    async run(harness) {
      const digests = await harness.open();
      const bytes = Uint8Array.from({ length: 1_000 }, (_, at) => at % 251);
      for (const [algorithm] of known) {
        const whole = digests.create(algorithm);
        whole.update(bytes);
        const expected = hexOf(whole.finish());
        for (const size of [1, 63, 64, 65, 128, 999]) {
          const split = digests.create(algorithm);
          for (let at = 0; at < bytes.length; at += size) split.update(bytes.subarray(at, at + size));
          check(hexOf(split.finish()) === expected, `${algorithm} in pieces of ${size}`);
        }
      }
    },
  },
  {
    title: "two digests at the same time do not mix",
    async run(harness) {
      const digests = await harness.open();
      const [one, other] = [digests.create("sha256"), digests.create("sha256")];
      one.update(Uint8Array.of(0x61));
      other.update(Uint8Array.of(0xff));
      one.update(Uint8Array.of(0x62, 0x63));
      check(hexOf(one.finish()) === "ba7816bf8f01cfea", "the first is of abc alone");
    },
  },
];
