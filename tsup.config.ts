import { defineConfig } from "tsup";

/** The entries of package.json's `exports`. */
const entries = {
  index: "core/index.ts",
  node: "adapters/node/index.ts",
  fetch: "adapters/fetch/index.ts",
  memory: "adapters/memory/index.ts",
  ports: "core/ports/index.ts",
  contracts: "property-tests/contracts/index.ts",
};

// One build for all of them: code that two entries share becomes a chunk, so that a class exists once however it is
// imported. Nothing is bundled but our own sources, so the platform decides nothing for the neutral entries.
export default defineConfig({
  entry: { ...entries, cli: "cli/main.ts" },
  format: "esm",
  target: "es2023",
  platform: "node",
  // `node:sqlite` has no name without its prefix.
  removeNodeProtocol: false,
  splitting: true,
  sourcemap: true,
  clean: true,
  dts: { entry: entries, compilerOptions: { composite: false, isolatedDeclarations: false } },
  tsconfig: "tsconfig.build.json",
});
