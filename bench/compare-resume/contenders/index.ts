import type { Contender } from "../contender.ts";
import { libraries } from "./libraries.ts";
import { longhaul } from "./longhaul.ts";
import { tools } from "./tools.ts";

export interface Field {
  readonly present: readonly Contender[];
  /** Sentences. */
  readonly absent: readonly string[];
}

/**
 * Everybody whose name has one of `only`, or everybody; those who cannot take part here are named with the reason.
 *
 * @throws Error if it is us who cannot.
 */
export async function fieldOf(only: readonly string[]): Promise<Field> {
  const present: Contender[] = [];
  const absent: string[] = [];
  for (const contender of [...longhaul, ...tools, ...libraries]) {
    const { name } = contender;
    if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
    const why = await contender.missing();
    if (why === null) present.push(contender);
    else if (longhaul.includes(contender)) throw new Error(`Nothing to compare: ${why}`);
    else absent.push(`${name}: ${why}`);
  }
  return { present, absent };
}

export const isOurs = (contender: Contender): boolean => longhaul.includes(contender);
