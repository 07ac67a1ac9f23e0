/** One statement, in the file it stands in, and the rule that must refuse it: `null` if none may. */
export interface StatementRow {
  readonly file: string;
  readonly statement: string;
  readonly rule: string | null;
}

const imports = "lint/style/noRestrictedImports";
const globals = "lint/style/noRestrictedGlobals";

const rowsOf = (rule: string | null, file: string, statements: readonly string[]): StatementRow[] =>
  statements.map((statement) => ({ file, statement, rule }));

const deniedGlobals = [
  "Date.now()",
  "new Date()",
  "setTimeout(String, 1)",
  "setInterval(String, 1)",
  "clearTimeout(1)",
  "setImmediate(String)",
  'fetch("")',
  "globalThis.fetch",
  "crypto.randomUUID()",
  "performance.now()",
  "process.platform",
  "Buffer.alloc(1)",
  "navigator.onLine",
  "console",
];

const streamFiles = ["core/exchange.ts", "core/sample-stream.ts", "core/from-abortable.ts"];

/** What the names in an import, or the words of a statement, decide. */
export const statementRows: readonly StatementRow[] = [
  ...["models/globals.ts", "core/globals.ts", "core/ports/globals.ts"].flatMap((file) => [
    ...rowsOf(
      globals,
      file,
      deniedGlobals.map((use, n) => `export const denied${n}: unknown = ${use};`),
    ),
    ...rowsOf(null, file, ["queueMicrotask(String);", "export const url = new URL('a:b');"]),
  ]),
  ...["models/chance.ts", "core/chance.ts"].flatMap((file) => [
    ...rowsOf("plugin", file, ["export const chance = Math.random();", "export const draw = Math.random;"]),
    ...rowsOf("plugin", file, ["export const late = AbortSignal.timeout(1);"]),
    ...rowsOf(null, file, ["export const floor = Math.floor(1);", "export const never = AbortSignal.abort();"]),
  ]),
  ...rowsOf(null, "models/http-date.ts", ["export const parsed = Date.parse('');"]),
  ...rowsOf(null, "core/globals.test.ts", ["export const now = Date.now();", "export const draw = Math.random();"]),
  ...[
    "adapters/fetch/globals.ts",
    "adapters/memory/globals.ts",
    "property-tests/contracts/globals.contract.ts",
  ].flatMap((file) => [
    ...rowsOf(globals, file, ["export const bytes = Buffer.alloc(1);", "export const os = process.platform;"]),
    ...rowsOf(null, file, ["export const now = Date.now();"]),
  ]),
  ...rowsOf(null, "adapters/node/globals.ts", ["export const os = process.platform;"]),

  ...streamFiles.flatMap((file) => [
    ...rowsOf(
      imports,
      file,
      ["retry", "repeat", "delay", "timer", "interval", "timeout", "throttleTime", "shareReplay"].map(
        (name) => `export { ${name} } from "rxjs";`,
      ),
    ),
    ...rowsOf(imports, file, ['export * from "rxjs";']),
    ...rowsOf(null, file, ['export { Observable, catchError, concat, defer, map, of, scan } from "rxjs";']),
  ]),
  ...rowsOf(null, "core/sample-actor.ts", ['export type { Observable } from "rxjs";']),

  ...rowsOf(imports, "models/types.ts", ['export type { Transport } from "../core/ports/index.ts";']),
  ...rowsOf(imports, "core/dynamic.ts", ['export const undici = await import("undici");']),
  ...rowsOf(null, "core/ports/types.ts", ['export type { FailureReason } from "../../models/failure-reason.ts";']),
  ...rowsOf("plugin", "core/ports/values.ts", [
    'export { failureReason } from "../../models/failure-reason.ts";',
    'import "../../models/failure-reason.ts";',
  ]),

  ...rowsOf("lint/suspicious/noImportCycles", "models/cycle.ts", ['export { back } from "./elcyc.ts";']),
  ...rowsOf("lint/suspicious/noImportCycles", "models/elcyc.ts", ['export { there } from "./cycle.ts";']),
  ...rowsOf("lint/style/noDefaultExport", "core/default.ts", ["export default 1;"]),
  ...rowsOf(null, "sample.config.ts", ["export default 1;"]),
  ...rowsOf("lint/suspicious/noExplicitAny", "core/any.ts", ["export type Loose = any;"]),
  ...rowsOf("lint/style/useNodejsImportProtocol", "tests/protocol.ts", ['export { join } from "path";']),
  ...rowsOf("lint/nursery/noFloatingPromises", "core/floating.ts", ["Promise.resolve().then(String);"]),
];
