import type { Contender } from "./contender.ts";
import { letters, type Result } from "./outcome.ts";
import { play } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** How one contender fared, in the order of the scenarios. */
export interface Row {
  readonly contender: Contender;
  readonly results: readonly Result[];
}

/** So many processes at a time: on two cores more would only make each other late. */
const atOnce = 2;

/** Play every scenario to every contender. */
export async function compare(
  contenders: readonly Contender[],
  scenarios: readonly Scenario[],
  say: (line: string) => void,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const contender of contenders) {
    const results: Result[] = [];
    const waiting = scenarios.entries();
    const work = async (): Promise<void> => {
      for (const [index, scenario] of waiting) results[index] = await play(contender, scenario);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    say(`${results.map(({ outcome }) => letters[outcome]).join("")}  ${contender.name}`);
    rows.push({ contender, results });
  }
  return rows;
}
