import type { Scenario } from "../scenario.ts";
import { changed } from "./changed.ts";
import { oddParts } from "./odd-parts.ts";
import { portals } from "./portals.ts";
import { unchanged } from "./unchanged.ts";

/** In the order of the table: those that can end well first. */
export const scenarios: readonly Scenario[] = [...unchanged, ...changed, ...oddParts, ...portals].sort(
  (a, b) => Number(a.right === null) - Number(b.right === null),
);
