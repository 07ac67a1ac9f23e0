import { cutAfter, page } from "../answer.ts";
import { conformant, part, whole } from "../conformant.ts";
import { startOf } from "../request.ts";
import type { Scenario } from "../scenario.ts";
import { before, fileSize, KiB } from "../version.ts";

const begins = before;
const right = before.bytes;

/** The file stays what it is, and servers behave as servers may. */
export const unchanged: readonly Scenario[] = [
  {
    name: "same file",
    story: "Nothing changed, and the server does all that HTTP asks for.",
    begins,
    right,
    answer: (request) => conformant(request, before),
  },
  {
    name: "range ignored",
    story: "The server has forgotten ranges (another node behind a balancer): 200 and the whole, under the same ETag.",
    begins,
    right,
    answer: () => whole(before),
  },
  {
    name: "no length",
    story: "Answers come in chunks without a Content-Length, so that only the missing last chunk tells of the break.",
    begins,
    chunked: true,
    right,
    answer: (request) => ({ ...conformant(request, before), length: null }),
  },
  {
    name: "part by part",
    story: "A range is answered with its first 256 KiB only, truthfully: the rest has to be asked for again.",
    begins,
    right,
    answer(request) {
      const start = startOf(request);
      if (start === 0 || start >= fileSize) return conformant(request, before);
      return part(before, start, Math.min(start + 256 * KiB, fileSize));
    },
  },
  {
    name: "503 once",
    story: "The first request after the break is answered with 503.",
    begins,
    right,
    answer: (request, nth) => (nth === 1 ? page(503, "text/plain", "Later.\n") : conformant(request, before)),
  },
  {
    name: "moved",
    story: "After the break the address redirects to another one (a CDN's signed address), where the same file is.",
    begins,
    right,
    answer(request) {
      if (request.path !== "/file.bin") return conformant(request, before);
      const answer = page(302, "text/plain", "Over there.\n");
      return { ...answer, fields: { ...answer.fields, location: "/signed/5b1c/file.bin" } };
    },
  },
  {
    name: "never finishes",
    story: "Every answer breaks off after 1 KiB, for ever.",
    begins,
    right: null,
    answer: (request) => cutAfter(conformant(request, before), KiB),
  },
];
