import type { Row } from "./compare.ts";
import { isOurs } from "./contenders/index.ts";
import { isIdeal } from "./outcome.ts";
import type { Scenario } from "./scenario.ts";

/** Where we fell short of what can be had: a promise broken, with the reason. What others do breaks nothing. */
export function complaintsOf(rows: readonly Row[], scenarios: readonly Scenario[]): readonly string[] {
  return rows
    .filter(({ contender }) => isOurs(contender))
    .flatMap(({ contender, results }) =>
      results.flatMap(({ outcome, words }, index) => {
        const scenario = scenarios[index];
        if (scenario === undefined || isIdeal(outcome, scenario.right)) return [];
        return [`BROKEN ${contender.name}, ${scenario.name}: ${outcome}: ${words}`];
      }),
    );
}
