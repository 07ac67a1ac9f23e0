/** A statechart's value as XState has it: a name, or names within names. */
type Value = string | { readonly [state: string]: Value | undefined };

/** The innermost state of a chart without parallel regions: `{ unsettled: { active: "paused" } }` is `"paused"`. */
export function stateName(value: Value): string {
  if (typeof value === "string") return value;
  const [inner] = Object.values(value);
  return inner === undefined ? "" : stateName(inner);
}
