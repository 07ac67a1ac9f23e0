import { describe, it } from "vitest";
import { headScenarios } from "./head-scenarios.ts";
import { lengthScenarios } from "./length-scenarios.ts";
import { runScenario } from "./run-scenario.ts";

describe.each([
  ["the length of a body", lengthScenarios],
  ["what comes instead of a head", headScenarios],
])("%s", (_, scenarios) => {
  for (const scenario of scenarios) it(scenario.title, () => runScenario(scenario));
});
