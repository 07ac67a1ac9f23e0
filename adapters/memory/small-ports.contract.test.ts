import { setTimeout as wait } from "node:timers/promises";
import { clockContract } from "../../property-tests/contracts/clock.contract.ts";
import { connectivityContract } from "../../property-tests/contracts/connectivity.contract.ts";
import { digestsContract } from "../../property-tests/contracts/digests.contract.ts";
import { notifierContract } from "../../property-tests/contracts/notifier.contract.ts";
import { permissionContract } from "../../property-tests/contracts/permission.contract.ts";
import { quotaContract } from "../../property-tests/contracts/quota.contract.ts";
import { randomContract } from "../../property-tests/contracts/random.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { AlwaysGranted } from "./always-granted.ts";
import { AlwaysOnline } from "./always-online.ts";
import { CryptoRandom } from "./crypto-random.ts";
import { PortableDigests } from "./portable-digests.ts";
import { SilentNotifier } from "./silent-notifier.ts";
import { SystemClock } from "./system-clock.ts";
import { UnknownQuota } from "./unknown-quota.ts";

runWithVitest(clockContract, {
  name: "system clock",
  open: async () => ({
    clock: new SystemClock(),
    pass: async (ms) => {
      await wait(ms);
    },
    elapsed: () => performance.now(),
  }),
});

runWithVitest(randomContract, { name: "crypto random", open: async () => new CryptoRandom() });

runWithVitest(connectivityContract, {
  name: "always online",
  constant: "it cannot look",
  open: async () => ({
    connectivity: new AlwaysOnline(),
    origin: "http://127.0.0.1:1",
    unplug: () => {},
    plug: () => {},
    until: async (condition) => {
      while (!condition()) await wait(1);
    },
  }),
});

runWithVitest(digestsContract, { name: "portable digests", open: async () => new PortableDigests() });

runWithVitest(permissionContract, { name: "always granted", open: async () => new AlwaysGranted() });

runWithVitest(quotaContract, {
  name: "unknown quota",
  unknown: "it cannot measure",
  open: async () => ({ quota: new UnknownQuota(), take: async () => {} }),
});

runWithVitest(notifierContract, {
  name: "silent",
  speechless: "it shows nothing",
  open: async () => ({ notifier: new SilentNotifier(), act: async () => {} }),
});
