import { describe, it } from "vitest";
import { contentRangeScenarios } from "./content-range-scenarios.ts";
import { placeScenarios } from "./place-scenarios.ts";
import { rangeScenarios } from "./range-scenarios.ts";
import { runScenario } from "./run-scenario.ts";
import { validatorScenarios } from "./validator-scenarios.ts";

describe.each([
  ["the answer to a range", rangeScenarios],
  ["a Content-Range that is none", contentRangeScenarios],
  ["a validator", validatorScenarios],
  ["the place and the end of a file", placeScenarios],
])("%s", (_, scenarios) => {
  for (const scenario of scenarios) it(scenario.title, () => runScenario(scenario));
});
