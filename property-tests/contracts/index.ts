export { type BodyStoreHarness, type BodyStorePlace, bodyStoreContract } from "./body-store.contract.ts";
export { type ClockHarness, clockContract } from "./clock.contract.ts";
export { type ConnectivityHarness, connectivityContract } from "./connectivity.contract.ts";
export { type ContractCase, check, rejection } from "./contract.ts";
export { type DigestsHarness, digestsContract } from "./digests.contract.ts";
export { type JournalStoreHarness, journalStoreContract } from "./journal-store.contract.ts";
export { type LockHarness, lockContract } from "./lock.contract.ts";
export { type RandomHarness, randomContract } from "./random.contract.ts";
export { type TransportHarness, transportContract } from "./transport.contract.ts";
