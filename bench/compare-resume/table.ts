import type { Row } from "./compare.ts";
import { isIdeal, letters, type Outcome } from "./outcome.ts";
import type { Scenario } from "./scenario.ts";

const MiB = 1024 * 1024;

/** How often each contender ended in each way, and what the unchanged file cost it. */
export function sumTable(rows: readonly Row[], scenarios: readonly Scenario[]): string {
  const unchanged = scenarios.findIndex(({ name }) => name === "same file");
  const lines = rows.map(({ contender, results }) => {
    const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
    const ideal = results.filter(({ outcome }, index) => isIdeal(outcome, scenarios[index]?.right ?? null)).length;
    const sent = results[unchanged]?.sent;
    return line([
      contender.name,
      contender.manner,
      ...[count("right"), count("silent"), count("error"), count("hung")].map(String),
      `${ideal} of ${results.length}`,
      sent === undefined ? "–" : (sent / MiB).toFixed(2),
    ]);
  });
  const possible = scenarios.filter(({ right }) => right !== null).length;
  const best = ["*what can be had*", "", possible, 0, scenarios.length - possible, 0, `${scenarios.length}`, "1.00"];
  return [
    line(["", "goes on", "right", "silent corruption", "error", "hung", "nothing better", "MiB for the same file"]),
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...lines,
    line(best.map(String)),
  ].join("\n");
}

/** A letter for each contender in each scenario. */
export function letterTable(rows: readonly Row[], scenarios: readonly Scenario[]): string {
  const lines = scenarios.map(({ name, right }, index) =>
    line([
      name,
      letters[right === null ? "error" : "right"],
      ...rows.map(({ results }) => letters[results[index]?.outcome ?? "hung"]),
    ]),
  );
  return [
    line(["", "can be had", ...rows.map(({ contender }) => contender.name)]),
    `| --- |${" :-: |".repeat(rows.length + 1)}`,
    ...lines,
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
