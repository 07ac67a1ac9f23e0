import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import tsup from "../../tsup.config.ts";
import { exportsOf } from "./exports-of.ts";

const root = new URL("../../", import.meta.url);
const { entry } = tsup as { readonly entry: Readonly<Record<string, string>> };
const { cli, ...libraryEntries } = entry;

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

/** Whoever changes what users can import changes a list below: `npx vitest run tests/exports -u`. */
describe("the public surface", () => {
  let names: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    names = exportsOf(Object.values(libraryEntries));
  }, 60_000);
  const namesOf = (source: string) => `\n${names.get(source)?.join("\n")}\n`;

  it("of longhaul is this", () =>
    expect(namesOf("core/index.ts")).toMatchInlineSnapshot(`
      "
      BackgroundFetchEvent
      BackgroundFetchManager
      BackgroundFetchRecord
      BackgroundFetchRegistration
      BackgroundFetchUpdateUIEvent
      Engine
      ExtendableEvent
      LonghaulError
      TransportError
      createEngine
      fileNameOf
      isLonghaulError
      isTransportError
      readStore
      shownUrl
      type BackgroundFetchEventInit
      type BackgroundFetchOptions
      type BackgroundFetchUIOptions
      type CacheQueryOptions
      type EngineEvents
      type EngineOptions
      type EnginePorts
      type EventHandler
      type ExchangeFailure
      type Explanation
      type FailureReason
      type FaultNotice
      type FetchExtensions
      type FetchPriority
      type FetchResult
      type HeaderProvider
      type HeaderQuery
      type ImageResource
      type LonghaulErrorCode
      type LowSpeed
      type ProgressNotice
      type Reason
      type RecordExplanation
      type RecordProgress
      type RecordRow
      type RecordSettledNotice
      type RecordStateNotice
      type RecordStatus
      type RegistrationRow
      type RegistrationStateNotice
      type RequestInput
      type RetryPolicy
      type Salvage
      type StoreReader
      type TransportErrorKind
      "
    `));
  it("of longhaul/node is this", () =>
    expect(namesOf("adapters/node/index.ts")).toMatchInlineSnapshot(`
      "
      DiskQuota
      FileBodyStore
      NodeClock
      NodeCodings
      NodeConnectivity
      NodeDigests
      NodeRandom
      SqliteJournalStore
      SqliteLock
      UndiciTransport
      openEngine
      readStore
      type NodeEngineOptions
      type StoreReader
      type UndiciTransportOptions
      "
    `));
  it("of longhaul/fetch is this", () =>
    expect(namesOf("adapters/fetch/index.ts")).toMatchInlineSnapshot(`
    "
    FetchTransport
    type FetchTransportOptions
    "
  `));
  it("of longhaul/memory is this", () =>
    expect(namesOf("adapters/memory/index.ts")).toMatchInlineSnapshot(`
      "
      AlwaysGranted
      AlwaysOnline
      CryptoRandom
      MemoryBodyStore
      MemoryBytes
      MemoryJournalStore
      MemoryLock
      MemoryRows
      PortableCodings
      PortableDigests
      SilentNotifier
      SystemClock
      UnknownQuota
      memoryPorts
      type MemoryBodyStoreOptions
      type MemoryJournalStoreOptions
      type MemoryPorts
      "
    `));
  it("of longhaul/ports is this", () =>
    expect(namesOf("core/ports/index.ts")).toMatchInlineSnapshot(`
      "
      LonghaulError
      TransportError
      isLonghaulError
      isTransportError
      type AbortOptions
      type Body
      type BodySlice
      type BodyStore
      type BodyStoreCapabilities
      type Clock
      type Codings
      type CodingsCapabilities
      type CommitOptions
      type Connectivity
      type Digest
      type DigestAlgorithm
      type Digests
      type EnginePorts
      type IntactBytes
      type JournalChange
      type JournalRow
      type JournalStore
      type JournalStoreCapabilities
      type JournalValue
      type ListQuery
      type Lock
      type LockCapabilities
      type LockLease
      type LonghaulErrorCode
      type MoveOutOptions
      type NetworkState
      type Notice
      type Notifier
      type Permission
      type PermissionState
      type Quota
      type QuotaEstimate
      type Random
      type Transport
      type TransportCapabilities
      type TransportErrorKind
      type TransportRequest
      type TransportRequestBody
      type TransportResponse
      type UserAction
      "
    `));
  it("of longhaul/contracts is this", () =>
    expect(namesOf("property-tests/contracts/index.ts")).toMatchInlineSnapshot(`
      "
      bodyStoreContract
      check
      clockContract
      codingsContract
      connectivityContract
      digestsContract
      journalStoreContract
      lockContract
      notifierContract
      permissionContract
      quotaContract
      randomContract
      rejection
      transportContract
      type BodyStoreHarness
      type BodyStorePlace
      type ClockHarness
      type CodingsHarness
      type ConnectivityHarness
      type ContractCase
      type DigestsHarness
      type JournalStoreHarness
      type LockHarness
      type NotifierHarness
      type PermissionHarness
      type QuotaHarness
      type RandomHarness
      type TransportHarness
      "
    `));

  it("of longhaul/contracts leaves no contract out", async () => {
    const folder = new URL("property-tests/contracts/", root);
    const contracts = (await readdir(folder)).filter((name) => name.endsWith(".contract.ts"));

    const index = await readFile(new URL("index.ts", folder), "utf8");

    expect(contracts.length).toBeGreaterThan(0);
    expect(contracts.filter((name) => !index.includes(`"./${name}"`))).toEqual([]);
  });

  it("has no other entry", () => {
    expect(Object.keys(libraryEntries).sort()).toEqual(["contracts", "fetch", "index", "memory", "node", "ports"]);
  });
});

/** `npm install` builds it, so that it is there: a missing build fails these. */
describe("the build", () => {
  let manifest: Manifest;
  let built: readonly string[];
  beforeAll(async () => {
    manifest = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as Manifest;
    built = await readdir(new URL("dist", root));
  });

  it("has the files that package.json names, and names those it has", () => {
    const named = Object.values(manifest.exports).flatMap((target) =>
      typeof target === "string" ? [] : [target.types, target.default],
    );
    const entries = Object.keys(libraryEntries).flatMap((name) => [`./dist/${name}.d.ts`, `./dist/${name}.js`]);

    expect(cli).toBe("cli/main.ts");
    expect(Object.values(manifest.bin)).toEqual(["./dist/cli.js"]);
    expect([...named].sort()).toEqual([...entries].sort());
    expect(built).toEqual(expect.arrayContaining([...named, "./dist/cli.js"].map((path) => path.slice(7))));
  });

  it("shows neither xstate nor rxjs in its types", async () => {
    const declarations = built.filter((name) => name.endsWith(".d.ts"));
    const texts = await Promise.all(declarations.map((name) => readFile(new URL(`dist/${name}`, root), "utf8")));

    const imported = texts.flatMap((text) => [...text.matchAll(/(?:from|import\()\s*["']([^"'.][^"']*)["']/g)]);
    const packages = new Set(imported.map(([, name = ""]) => name));

    expect(declarations.length).toBeGreaterThan(0);
    expect(packages).not.toContain("xstate");
    expect(packages).not.toContain("rxjs");
  });
});
