/**
 * The body of an effect that `core/` must supply with `machine.provide()`.
 *
 * @throws Always. An effect that silently does nothing is harder to find than one that throws.
 */
export function unprovided(effect: string): never {
  throw new TypeError(`longhaul: "${effect}" was needed without an implementation`);
}
