import { type Convert, isObject } from "./conversions.ts";

/** The members of a dictionary, in the order in which WebIDL reads them: inherited ones first, then by name. */
export type Members<T> = { readonly [Name in keyof T]-?: Convert<Exclude<T[Name], undefined>> };

/**
 * A dictionary: `undefined` and `null` are an empty one. Members that are there are converted, others left out.
 *
 * `required` are those that must be there.
 */
export function toDictionary<T extends object>(
  members: Members<T>,
  required: readonly (keyof T & string)[] = [],
): Convert<T> {
  return (value, context) => {
    if (value !== undefined && value !== null && !isObject(value)) throw new TypeError(`${context} must be an object`);
    const given = (value ?? {}) as { readonly [name: string]: unknown };
    const result: { [name: string]: unknown } = {};
    for (const [name, convert] of Object.entries(members) as [string, Convert<unknown>][]) {
      const member = given[name];
      if (member !== undefined) result[name] = convert(member, `${context}.${name}`);
      else if (required.some((needed) => needed === name)) throw new TypeError(`${context} must have a member ${name}`);
    }
    return result as T;
  };
}
