/** What must never be so after a crash. */
export class Violation extends Error {}

export function insistThat(holds: boolean, sentence: () => string): void {
  if (!holds) throw new Violation(sentence());
}
