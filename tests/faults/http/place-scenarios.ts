import { expect } from "vitest";
import { answer, faithful, part, served, whole } from "./answers.ts";
import { redirect } from "./redirect-answers.ts";
import { forged, half, v1, v2 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const rest = `from ${half} if "one"`;
const cut = whole(v1, { cut: half });
const none = Buffer.alloc(0);
const unsatisfied = (contentRange: string | null, etag: string | null = '"one"') =>
  answer(416, none, { fields: { "content-range": contentRange, etag } });
const grown = served(6, 500_000, { etag: '"grown"' });
const german = { "content-language": "de", vary: "accept-language" };

/** Rows A23 to A34: where the file ends, where it is, and which of its variants it is. */
export const placeScenarios: readonly FaultScenario[] = [
  {
    // Mutant: throw the whole file away because its end was not seen (BF-7).
    title: "A23 a 416 that ends where the stored bytes do says that they are all",
    answers: [whole(v1, { framing: "chunked", cut: v1.body.length }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", 'from 400000 if "one"'],
  },
  {
    title: "A23 a 416 of another file does not",
    answers: [
      whole(v1, { framing: "chunked", cut: v1.body.length }),
      unsatisfied("bytes */400000", '"two"'),
      whole(v2),
    ],
    outcome: v2.body,
    asked: ["whole", 'from 400000 if "one"', "whole"],
  },
  {
    title: "A24 a file that shrank is fetched anew",
    answers: [cut, unsatisfied("bytes */100000"), whole(served(7, 100_000))],
    outcome: served(7, 100_000).body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A25 a 416 of a file that is longer than what is held makes us ask once without Range",
    answers: [cut, unsatisfied("bytes */1000000"), whole(v1)],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A25 so does a 416 without a Content-Range",
    answers: [cut, unsatisfied(null), whole(v1)],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A25 a 416 also to the whole is a failure",
    answers: [cut, unsatisfied(null)],
    outcome: "status",
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A27 a server that refuses the condition with 412 is asked for the whole; If-Match is never sent",
    answers: [cut, answer(412, none), whole(v2)],
    outcome: v2.body,
    asked: ["whole", rest, "whole"],
    also: ({ requests }) => expect(requests.every(({ headers }) => !headers.has("if-match"))).toBe(true),
  },
  {
    title: "A28 a 304 to a request without a condition is asked about again",
    answers: [answer(304, none, { fields: { "content-length": null } }), whole(v1)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "A28 a 304 for ever is a failure of its own name",
    answers: [answer(304, none, { fields: { "content-length": null } })],
    outcome: "not-modified",
  },
  {
    title: "A29 no range is asked of a server that says it has none",
    answers: [whole(v1, { cut: half, fields: { "accept-ranges": "none" } }), whole(v1)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "A30 what selects the variant is said again when the rest is asked for",
    answers: [whole(v1, { cut: half, fields: german }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest],
    request: { headers: { "accept-language": "de", accept: "video/*" } },
    also({ requests }) {
      expect(requests.map(({ headers }) => [headers.get("accept-language"), headers.get("accept")])).toEqual(
        Array(2).fill(["de", "video/*"]),
      );
    },
  },
  {
    title: "A30 a part of another media type is another variant, whatever its ETag says",
    answers: [
      whole(v1, { cut: half, fields: { "content-type": "video/mp4" } }),
      part(forged, { fields: { "content-type": "text/plain" } }),
      faithful(v1),
    ],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A30 a part of another Content-Location is another variant, whatever its ETag says",
    answers: [
      whole(v1, { cut: half, fields: { "content-location": "/film.de" } }),
      part(forged, { fields: { "content-location": "/film.en" } }),
      faithful(v1),
    ],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    // Mutant: ask for the rest where the first redirect led to.
    title: "A31 D11 a redirect that leads elsewhere on the resume, to the same file: the rest comes from there",
    answers: [redirect(302, "/one"), redirect(302, "//localhost:{port}/two")],
    elsewhere: { "/one": [cut], "/two": [faithful(v1)] },
    outcome: v1.body,
    asked: ["whole", rest],
    also: ({ requests }) => expect(requests.map(({ path }) => path)).toEqual(["/file", "/one", "/file", "/two"]),
  },
  {
    title: "A31 D11 a redirect only on the resume, to another file: nothing of it is joined to what is held",
    answers: [cut, redirect(302, "/two")],
    elsewhere: { "/two": [part(v2)] },
    outcome: v2.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A33 a file that grows while it is read is never joined from two of its lengths",
    answers: [cut, part({ body: grown.body, fields: v1.fields }), faithful(grown)],
    outcome: grown.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A33 what a file grew by after its length was told is not read",
    answers: [whole(v1, { beyond: Buffer.from("one more line\n"), how: "fin" })],
    outcome: v1.body,
  },
  {
    // Mutant: forget the total when a body without a length comes.
    title: "A34 the known total must be reached, also by a body that promises no length",
    answers: [cut, answer(200, v1.body.subarray(0, 200_000), { framing: "chunked", fields: v1.fields }), faithful(v1)],
    outcome: v1.body,
    also: ({ requests }) => expect(requests.length).toBeGreaterThan(2),
  },
];
