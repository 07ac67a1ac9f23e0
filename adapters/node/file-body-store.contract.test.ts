import { mkdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type BodyStoreHarness,
  type BodyStorePlace,
  bodyStoreContract,
} from "../../property-tests/contracts/body-store.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { flipByte } from "../../tests/faults/flip-byte.ts";
import { canMount, smallVolume } from "../../tests/faults/small-volume.ts";
import { testFolder } from "../../tests/faults/test-folder.ts";
import { bodyPathOf } from "./body-path.ts";
import { FileBodyStore } from "./file-body-store.ts";
import { sidecarPathOf } from "./sidecar.ts";

const supports = { durable: true, moveOut: true, notes: true } as const;

function placeOf(home: string, outside: string): BodyStorePlace {
  let destinations = 0;
  mkdirSync(outside, { recursive: true });
  return {
    open: () => FileBodyStore.open({ directory: join(home, "store") }),
    destination: () => join(outside, `file ${destinations++}`),
    delivered: (destination) => readFile(destination).catch(() => null),
    spoil: (bodyId, offset) => flipByte(bodyPathOf(join(home, "store"), bodyId), offset),
    spoilProofs: (bodyId) => rm(sidecarPathOf(bodyPathOf(join(home, "store"), bodyId))),
  };
}

const small: Pick<BodyStoreHarness, "full" | "denied"> = {
  full: () => FileBodyStore.open({ directory: smallVolume(3_000_000).path }),
  async denied() {
    const volume = smallVolume(1_000_000);
    const store = await FileBodyStore.open({ directory: volume.path });
    volume.makeReadOnly();
    return store;
  },
};

runWithVitest(bodyStoreContract, {
  name: "file body store",
  supports,
  async place() {
    const home = testFolder();
    return placeOf(home, join(home, "out"));
  },
  ...(canMount ? small : {}),
});

// A destination on another file system can neither be linked to nor renamed to (F14).
if (canMount) {
  runWithVitest(bodyStoreContract, {
    name: "file body store with its destinations on another file system",
    supports,
    async place() {
      return placeOf(testFolder(), join(smallVolume(8_000_000).path, "out"));
    },
  });
}
