import { describe, it } from "vitest";
import { statusScenarios } from "./status-scenarios.ts";
import { runScenario } from "./run-scenario.ts";

describe("a status", () => {
  for (const scenario of statusScenarios) it(scenario.title, () => runScenario(scenario));
});
