/** One promise a port makes, as data: any test runner can run it, on any runtime. */
export interface ContractCase<Harness> {
  /** The claim, in the words of the port's own documentation. */
  readonly title: string;
  /** Say why the case does not apply to this harness, or nothing if it does. */
  skip?(harness: Harness): string | undefined;
  run(harness: Harness): Promise<void>;
}

/** @throws Error saying which promise was broken, if `condition` is false. */
export function check(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Error(`contract broken: ${claim}`);
}

/** The error `act` rejects with; breaks the contract if it resolves. */
export async function rejection(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error("contract broken: expected a rejection");
}
