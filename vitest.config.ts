import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{models,core,adapters,cli,property-tests,tests}/**/*.test.ts"],
    testTimeout: 20_000,
    // Real servers, disks and processes: on two cores more workers only make each other late.
    maxWorkers: 2,
    reporters: ["default"],
  },
});
