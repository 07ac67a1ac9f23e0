import { describe, it } from "vitest";
import { runScenario } from "./run-scenario.ts";
import { statusScenarios } from "./status-scenarios.ts";

describe("a status", () => {
  for (const scenario of statusScenarios) it(scenario.title, () => runScenario(scenario));
});
