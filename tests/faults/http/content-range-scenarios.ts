import { faithful, part, whole } from "./answers.ts";
import { forged, half, v1 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

/** Rows A8 to A10: a part whose Content-Range is not one must never be used, however good its ETag is. */
export const contentRangeScenarios: readonly FaultScenario[] = [
  refused("A8 a last byte before the first", "bytes 150000-149999/400000"),
  refused("A8 a total that ends before the last byte", "bytes 150000-399999/399999"),
  refused("A8 a total as long as the last byte's number", "bytes 150000-400000/400000"),
  refused("A9 another unit", "items 150000-399999/400000"),
  refused("A9 no unit", "150000-399999/400000"),
  refused("A9 the specification's equals sign instead of a space", "bytes=150000-399999/400000"),
  refused("A10 two of them", "bytes 150000-399999/400000, bytes 0-249999/400000"),
  refused("A10 two ranges in one", "bytes 150000-299999,300000-399999/400000"),
  refused("A10 a sign", "bytes +150000-399999/400000"),
  refused("A10 an exponent", "bytes 15e4-399999/4e5"),
  refused("A10 a number in hexadecimal", "bytes 0x249f0-399999/400000"),
  refused("A10 numbers beyond 2^63", "bytes 18446744073709701616-18446744073709951615/18446744073709951616"),
  refused("A10 a comma for thousands", "bytes 150,000-399,999/400,000"),
];

function refused(what: string, contentRange: string): FaultScenario {
  return {
    title: `${what} in Content-Range: the part is not used`,
    // Bytes of another file: were they used, the body would show it.
    answers: [whole(v1, { cut: half }), part(forged, { contentRange }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", `from ${half} if "one"`, "whole"],
  };
}
