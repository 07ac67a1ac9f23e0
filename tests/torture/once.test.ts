import { describe, it } from "vitest";
import { failEveryCall } from "./every-call.ts";

describe("a store one of whose calls fails", () => {
  // Mutants: a move that failed is taken for done; an end is given up after one fault; the collector lets its fault go.
  it(
    "F1 F4 F6 F7 I2 every call, with every error, once: no crash, no hang, no false success, and the fault is told",
    () => failEveryCall(false),
    300_000,
  );
});
