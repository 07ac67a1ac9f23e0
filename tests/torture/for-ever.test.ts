import { describe, it } from "vitest";
import { failEveryCall } from "./every-call.ts";

describe("a store that fails from one call on", () => {
  // Mutants: an end is given up after one fault (a rejection nobody handles); fetch() resolves without its commit.
  it(
    "F1 F4 F6 F7 I2 every call, with every error, for ever: no crash, no hang, nothing acknowledged is lost, and once it is healed all comes to its end",
    () => failEveryCall(true),
    300_000,
  );
});
