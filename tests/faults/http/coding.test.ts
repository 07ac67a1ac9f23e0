import { describe, it } from "vitest";
import { codingScenarios } from "./coding-scenarios.ts";
import { runScenario } from "./run-scenario.ts";

describe("an answer with a content coding", () => {
  for (const scenario of codingScenarios) it(scenario.title, () => runScenario(scenario));
});
