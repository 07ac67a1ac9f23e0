import { describe, it } from "vitest";
import { redirectScenarios } from "./redirect-scenarios.ts";
import { runScenario } from "./run-scenario.ts";

describe("a redirect", () => {
  for (const scenario of redirectScenarios) it(scenario.title, () => runScenario(scenario));
});
