import type { ContractCase } from "./contract.ts";
import { transportBodyCases } from "./transport-body-cases.ts";
import { transportErrorCases } from "./transport-error-cases.ts";
import type { TransportHarness } from "./transport-harness.ts";
import { transportRequestCases } from "./transport-request-cases.ts";

export type { TransportHarness } from "./transport-harness.ts";

/** What every `Transport` must do, whatever it sends its requests through. */
export const transportContract: readonly ContractCase<TransportHarness>[] = [
  ...transportRequestCases,
  ...transportBodyCases,
  ...transportErrorCases,
];
