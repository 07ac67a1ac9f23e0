import conversions from "webidl-conversions";

/** Turns any value into one of a type. `context` names the value in the TypeError that is thrown if it cannot be. */
export type Convert<T> = (value: unknown, context: string) => T;

export const toDOMString: Convert<string> = (value, context) => conversions.DOMString(value, { context });

export const toUSVString: Convert<string> = (value, context) => conversions.USVString(value, { context });

export const toBoolean: Convert<boolean> = (value) => conversions.boolean(value);

/** Without `[EnforceRange]`: what is no number is 0, and what does not fit wraps. */
export const toUnsignedLongLong: Convert<number> = (value, context) =>
  conversions["unsigned long long"](value, { context });

/** An enumeration: any value that is not one of its strings is refused. */
export function toEnum<T extends string>(values: readonly T[]): Convert<T> {
  return (value, context) => {
    const text = toDOMString(value, context);
    const found = values.find((known) => known === text);
    if (found === undefined) throw new TypeError(`${context} must be one of ${values.join(", ")}, not ${text}`);
    return found;
  };
}

/** A sequence: whatever has an iterator. */
export function toSequence<T>(convert: Convert<T>): Convert<readonly T[]> {
  return (value, context) => {
    if (!isIterable(value)) throw new TypeError(`${context} must be a sequence`);
    return [...value].map((item, index) => convert(item, `${context}[${index}]`));
  };
}

/** Whether the union of a sequence with something else takes `value` for a sequence. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return isObject(value) && typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === "function";
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
