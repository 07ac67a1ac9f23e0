/** What only this package has: it lets a constructor that is none to others through. */
export const internal: symbol = Symbol("longhaul.internal");

/** @throws TypeError unless called with {@link internal}: the interface has no constructor (WebIDL, "interface object"). */
export function assertInternal(token: unknown): void {
  if (token !== internal) throw new TypeError("Illegal constructor");
}

/** @throws TypeError if fewer arguments came than are required (WebIDL, "overload resolution"). */
export function assertArguments(given: IArguments, required: number, method: string): void {
  if (given.length >= required) return;
  const noun = required === 1 ? "argument" : "arguments";
  throw new TypeError(`${method} needs ${required} ${noun}, but only ${given.length} present`);
}

/**
 * Give a class the shape of a WebIDL interface: its name, also as the string tag, its members enumerable, and as many
 * parameters as its constructor requires. The name is given because bundlers rename classes.
 */
export function defineInterface(name: string, type: { readonly prototype: object }, required: number): void {
  const { prototype } = type;
  for (const [member, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (member !== "constructor") Object.defineProperty(prototype, member, { ...descriptor, enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  Object.defineProperty(type, "name", { value: name, configurable: true });
  Object.defineProperty(type, "length", { value: required, configurable: true });
}
