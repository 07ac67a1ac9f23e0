import { describe, it } from "vitest";
import { failEveryCall } from "./every-call.ts";

describe("a store one of whose calls fails", () => {
  // Mutants: a rejection that nobody handles; a record that settles before its end is committed; a fault that is swallowed.
  it(
    "F1 F4 F6 F7 I2 every call, with every error, once: no crash, no hang, no false success, and the fault is told",
    () => failEveryCall(false),
    300_000,
  );
});
