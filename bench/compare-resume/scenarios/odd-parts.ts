import { type Answer, page } from "../answer.ts";
import { conformant, part, unsatisfiable } from "../conformant.ts";
import { type Request, startOf } from "../request.ts";
import type { Scenario } from "../scenario.ts";
import { before, fileSize, identityOf, KiB } from "../version.ts";

const shift = 64 * KiB;

/** The file stays what it is; who asks for the rest of it is answered with something else. */
export const oddParts: readonly Scenario[] = [
  {
    name: "part begins earlier",
    story: "206 from 64 KiB before the byte that was asked for, and Content-Range says so (a cache that knows blocks).",
    ...forTheRest((start) => part(before, Math.max(0, start - shift), fileSize)),
  },
  {
    name: "part begins later",
    story: "206 from 64 KiB after the byte that was asked for, and Content-Range says so.",
    ...forTheRest((start) => part(before, Math.min(start + shift, fileSize - 1), fileSize)),
  },
  {
    name: "part too long",
    story: "206 with a true Content-Range, and 4 KiB behind its end that belong to nothing.",
    ...forTheRest((start) => {
      const answer = part(before, start, fileSize);
      const body = Buffer.concat([answer.body, Buffer.alloc(4 * KiB, "?")]);
      return { ...answer, body, length: body.length };
    }),
  },
  {
    name: "multipart",
    story: "206 with the rest wrapped in multipart/byteranges, though one range was asked for.",
    ...forTheRest((start) => {
      const { body: rest, fields } = part(before, start, fileSize);
      const type = "content-type: application/octet-stream";
      const head = `--edge\r\n${type}\r\ncontent-range: ${fields["content-range"]}\r\n\r\n`;
      const body = Buffer.concat([Buffer.from(head), rest, Buffer.from("\r\n--edge--\r\n")]);
      const own = { ...identityOf(before), "content-type": "multipart/byteranges; boundary=edge" };
      return { status: 206, fields: own, body, length: body.length, ends: true };
    }),
  },
  {
    name: "invalid Content-Range",
    story: "206 whose Content-Range ends before it begins, around the whole file.",
    ...forTheRest((start) => {
      const answer = part(before, 0, fileSize);
      const fields = { ...answer.fields, "content-range": `bytes ${fileSize - 1}-${start}/${fileSize}` };
      return { ...answer, fields };
    }),
  },
  {
    name: "ranges refused",
    story: "416 to every range, with the total that the file has always had: only the whole can be had.",
    ...forTheRest(() => unsatisfiable(fileSize)),
  },
  {
    name: "gone",
    story: "404 from now on, with a page of the size that such pages have.",
    begins: before,
    right: null,
    answer: () => page(404, "text/html", `<h1>Not found</h1>${" ".repeat(4 * KiB)}`),
  },
];

/** Who asks for the rest gets `answer`; who asks for the whole gets it. */
function forTheRest(answer: (start: number) => Answer): Pick<Scenario, "begins" | "right" | "answer"> {
  return {
    begins: before,
    right: before.bytes,
    answer: (request: Request) => (startOf(request) > 0 ? answer(startOf(request)) : conformant(request, before)),
  };
}
