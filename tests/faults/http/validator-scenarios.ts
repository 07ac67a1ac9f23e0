import { expect } from "vitest";
import { faithful, part, type Served, served, whole } from "./answers.ts";
import { forged, half, unnamed, v1, v2 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const MiB = 1024 * 1024;
const rest = `from ${half} if "one"`;
const cut = whole(v1, { cut: half });
const modified = "Tue, 10 Nov 2026 10:00:00 GMT";
const later = "Tue, 10 Nov 2026 10:01:00 GMT";
const dated: Served = { body: v1.body, fields: { "last-modified": modified, date: later } };
const young: Served = { body: v1.body, fields: { "last-modified": modified, date: "Tue, 10 Nov 2026 10:00:59 GMT" } };
const redated: Served = { body: v2.body, fields: { "last-modified": later, date: "Tue, 10 Nov 2026 11:00:00 GMT" } };
const weak: Served = { body: v1.body, fields: { etag: 'W/"one"' } };
const large = served(4, 3 * MiB, { etag: '"large"' });
const largeForged: Served = { body: served(5, 3 * MiB).body, fields: large.fields };

/** Rows A14 to A22: what proves that bytes belong together, and what does not. */
export const validatorScenarios: readonly FaultScenario[] = [
  {
    // Mutant: send no If-Range.
    title: "A14 a changed file comes whole under its new ETag",
    answers: [cut, faithful(v2)],
    outcome: v2.body,
    asked: ["whole", rest],
  },
  {
    // Mutant: do not compare the validator of the 206.
    title: "A15 a part under another ETag is not used, however well it fits",
    answers: [cut, part(v2), faithful(v2)],
    outcome: v2.body,
    asked: ["whole", rest, "whole"],
  },
  {
    // Mutant: compare weakly.
    title: "A15 A17 a part under the weak form of the ETag is not used",
    answers: [cut, part(forged, { fields: { etag: 'W/"one"' } }), faithful(v2)],
    outcome: v2.body,
    asked: ["whole", rest, "whole"],
  },
  {
    // Mutant: do not ask for bytes that are held, or do not compare them.
    title: "A16 a changed file under the old ETag shows in the 64 KiB that are asked for again",
    answers: [whole(large, { cut: 2 * MiB }), part(largeForged), whole(largeForged)],
    outcome: largeForged.body,
    asked: ["whole", `from ${2 * MiB - 64 * 1024} if "large"`, "whole"],
  },
  {
    title: "A16 an unchanged file is gone on from after the 64 KiB that are compared",
    answers: [whole(large, { cut: 2 * MiB }), faithful(large)],
    outcome: large.body,
    asked: ["whole", `from ${2 * MiB - 64 * 1024} if "large"`],
  },
  {
    // Mutant: accept weak validators.
    title: "A17 a weak ETag is never sent in If-Range: all is asked for again",
    answers: [whole(weak, { cut: half }), part(weak)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "A17 a weak ETag is not helped by a Last-Modified beside it",
    answers: [whole({ ...dated, fields: { ...dated.fields, etag: 'W/"one"' } }, { cut: half }), part(weak)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "A18 a Last-Modified alone guards the range, a minute after it",
    answers: [whole(dated, { cut: half }), faithful(dated)],
    outcome: v1.body,
    asked: ["whole", `from ${half} if ${modified}`],
  },
  {
    // Mutant: do not ask how old the date is.
    title: "A18 a Last-Modified of the same minute guards nothing",
    answers: [whole(young, { cut: half }), part(young)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "A18 a part under another Last-Modified is not used",
    answers: [whole(dated, { cut: half }), part(redated), faithful(redated)],
    outcome: v2.body,
    asked: ["whole", `from ${half} if ${modified}`, "whole"],
  },
  {
    title: "A19 If-Range has the ETag where there are both, and the date may differ",
    answers: [
      whole({ ...v1, fields: { ...v1.fields, ...dated.fields } }, { cut: half }),
      faithful({ ...v1, fields: { ...v1.fields, ...redated.fields } }),
    ],
    outcome: v1.body,
    asked: ["whole", rest],
  },
  {
    title: "A20 nothing is resumed that has no validator",
    answers: [whole(unnamed, { cut: half }), part(v2)],
    outcome: v2.body,
    asked: ["whole", "whole"],
    also: ({ body }) => expect(body?.equals(v2.body)).toBe(true),
  },
  {
    // Mutant: take no validator for the same validator.
    title: "A21 a part without the ETag, behind a load balancer that drops it, is not used",
    answers: [cut, part({ body: v2.body, fields: {} }), whole(v2)],
    outcome: v2.body,
    asked: ["whole", rest, "whole"],
  },
];
