/** What one file of the tree may import, and a sample of what it may not. */
export interface ImportRow {
  readonly file: string;
  readonly allows: readonly string[];
  readonly refuses: readonly string[];
}

const runtimes = ["node:fs", "node:fs/promises", "undici"];
const ports = "../../core/ports/index.ts";
const engine = ["../../core/engine.ts", "../../core/index.ts", "../../core/options.ts"];

/** The import matrix of ARCHITECTURE.md, one row a place. */
export const importRows: readonly ImportRow[] = [
  {
    file: "models/sample.ts",
    allows: ["./neighbour.ts", "xstate"],
    refuses: [
      "../core/ports/index.ts",
      "../core/neighbour.ts",
      "../adapters/memory/index.ts",
      "../property-tests/contracts/contract.ts",
      "rxjs",
      "rxjs/operators",
      "eventemitter3",
      ...runtimes,
    ],
  },
  {
    file: "core/sample.ts",
    allows: ["./neighbour.ts", "./ports/clock.ts", "./webidl/neighbour.ts", "../models/neighbour.ts", "eventemitter3"],
    refuses: [
      "webidl-conversions",
      "xstate",
      "rxjs",
      "../adapters/memory/index.ts",
      "../property-tests/contracts/contract.ts",
      ...runtimes,
    ],
  },
  {
    file: "core/webidl/sample.ts",
    allows: ["./neighbour.ts", "webidl-conversions"],
    refuses: ["../neighbour.ts", "../ports/clock.ts", "../../models/neighbour.ts", "xstate", "rxjs", ...runtimes],
  },
  {
    file: "adapters/memory/portable-digests.ts",
    allows: ["../../core/ports/index.ts", "@noble/hashes/sha2.js"],
    refuses: ["../../core/journal.ts", "../../models/neighbour.ts", "xstate", ...runtimes],
  },
  {
    file: "core/sample-actor.ts",
    allows: ["./neighbour.ts", "../models/neighbour.ts", "xstate"],
    refuses: ["rxjs", "../adapters/memory/index.ts", ...runtimes],
  },
  ...["core/exchange.ts", "core/sample-stream.ts", "core/from-abortable.ts"].map((file) => ({
    file,
    allows: ["./neighbour.ts", "./ports/clock.ts", "../models/neighbour.ts"],
    refuses: ["xstate", "rxjs/operators", "../adapters/memory/index.ts", ...runtimes],
  })),
  {
    file: "core/ports/sample.ts",
    allows: ["./neighbour.ts", "../errors.ts", "../transport-error.ts"],
    refuses: ["../neighbour.ts", "../../adapters/memory/index.ts", "xstate", "rxjs", ...runtimes],
  },
  ...["adapters/fetch/sample.ts", "adapters/memory/sample.ts", "adapters/elsewhere/sample.ts"].map((file) => ({
    file,
    allows: ["./neighbour.ts", "../memory/neighbour.ts", "../fetch/neighbour.ts", ports],
    refuses: ["../../models/neighbour.ts", "../node/neighbour.ts", ...engine, "xstate", "rxjs", ...runtimes],
  })),
  {
    file: "adapters/memory/index.ts",
    allows: ["./neighbour.ts", "../memory/neighbour.ts", "../fetch/neighbour.ts", ports, ...engine],
    refuses: [
      "../../core/journal.ts",
      "../../models/neighbour.ts",
      "../node/neighbour.ts",
      "xstate",
      "rxjs",
      ...runtimes,
    ],
  },
  {
    file: "adapters/node/sample.ts",
    allows: ["./neighbour.ts", "../memory/neighbour.ts", "../fetch/neighbour.ts", ports, ...runtimes],
    refuses: ["../../models/neighbour.ts", "../elsewhere/neighbour.ts", ...engine, "xstate", "rxjs"],
  },
  {
    file: "adapters/node/index.ts",
    allows: ["./neighbour.ts", "../memory/neighbour.ts", ports, ...engine, ...runtimes],
    refuses: ["../../core/journal.ts", "../../models/neighbour.ts", "../elsewhere/neighbour.ts", "xstate", "rxjs"],
  },
  ...["contract.ts", "sample.contract.ts", "index.ts"].map((file) => ({
    file: `property-tests/contracts/${file}`,
    allows: ["./neighbour.ts", ports],
    refuses: ["./run-with-vitest.ts", "../../core/index.ts", "vitest", "fast-check", "xstate", ...runtimes],
  })),
  {
    file: "property-tests/sample.ts",
    allows: [
      "../models/neighbour.ts",
      "../core/journal.ts",
      "../adapters/node/neighbour.ts",
      "xstate",
      "rxjs",
      "vitest",
    ],
    refuses: [],
  },
  {
    file: "cli/sample.ts",
    allows: [
      ...["./neighbour.ts", "./commands/neighbour.ts", "../core/index.ts", "../core/ports/index.ts"],
      ...["../adapters/node/index.ts", "commander"],
    ],
    refuses: [
      "../core/journal.ts",
      "../models/neighbour.ts",
      "../adapters/node/neighbour.ts",
      "xstate",
      "rxjs",
      "undici",
    ],
  },
  {
    file: "cli/commands/sample.ts",
    allows: [
      "../neighbour.ts",
      "../view/neighbour.ts",
      "../../core/index.ts",
      "../../adapters/node/index.ts",
      "log-update",
    ],
    refuses: [
      "../../core/journal.ts",
      "../../models/neighbour.ts",
      "../../adapters/node/neighbour.ts",
      "xstate",
      "rxjs",
    ],
  },
  {
    file: "examples/sample.ts",
    allows: ["./neighbour.ts", "longhaul", "longhaul/node", "undici", "node:fs", "node:fs/promises"],
    refuses: ["../core/index.ts", "../adapters/node/index.ts", "xstate", "rxjs"],
  },
  {
    file: "core/sample.test.ts",
    allows: ["../adapters/memory/index.ts", "../property-tests/contracts/sample.contract.ts", "xstate", "node:fs"],
    refuses: [],
  },
];
