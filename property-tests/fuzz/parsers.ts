import { promisedLength } from "../../adapters/fetch/content-length.ts";
import { looksLikePortal } from "../../models/captive-portal.ts";
import { suggestedFileName } from "../../models/content-disposition.ts";
import { formatRangeHeader, parseContentRange } from "../../models/content-range.ts";
import { fileNameOf, safeFileName } from "../../models/file-name.ts";
import { parseHttpDate } from "../../models/http-date.ts";
import { formatDigest, fulfils, parseIntegrity } from "../../models/integrity.ts";
import { percentDecode } from "../../models/percent-decoding.ts";
import { followRedirect } from "../../models/redirect.ts";
import { contentLength, isResumable, representationOf } from "../../models/representation.ts";
import { judgeResponse } from "../../models/response-verdict.ts";
import { retryAfterMs } from "../../models/retry-after.ts";
import { keptUrl, shownUrl } from "../../models/url-origin.ts";
import { chooseValidator, compareValidator } from "../../models/validator.ts";
import { asFieldValue } from "./mutation.ts";

/** Something that reads what a server wrote, values that it understands, and what holds for whatever it makes of any other. */
export interface FuzzedParser {
  readonly name: string;
  readonly corpus: readonly string[];
  /** What its work is, and nothing else. Takes what a header can hold. */
  parse(text: string): unknown;
  /** @throws Error that says what does not hold. Nothing else may be thrown. */
  check(text: string): void;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold that ${what}`);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const dates = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"];
const dayMs = 86_400_000;
const [firstMs, lastMs] = [Date.UTC(0, 0, 1) - 1900 * 366 * dayMs, Date.UTC(10_000, 0, 1)];
const asked = { url: "https://a.example/film?k=1", method: "GET", headers: [["cookie", "c"]], hasBody: false } as const;
const stored = { validator: { kind: "etag", value: '"abc"' }, total: 9, coding: null } as const;
const resumed = { offset: 5, end: null, stored, nowMs: 0 } as const;
const headFields = [
  ...["content-range", "content-length", "etag", "location", "retry-after", "content-encoding", "content-type"],
];
const ranges = ["bytes 0-9/10", "bytes 5-8/9", "bytes 10-19/*", "bytes */10", "BYTES 0-0/1"];
const tags = ['"abc"', 'W/"abc"', '""', '"\u00e4"', '"a,b"'];
const names = ["film.mp4", "a b.txt", "con.txt", "..", "n\u00e4ive.txt", ".profile", "x".repeat(300)];
const dispositions = [
  ...['attachment; filename="film.mp4"', "inline;filename=film.mp4", 'a; filename="a\\"b"; x=y'],
  ...["attachment; filename*=UTF-8''na%C3%AFve.txt; filename=x", "attachment; filename*=iso-8859-1'en'%A3.txt"],
];
const locations = ["/there", "https://b.example/x?y#z", "//c.example/", "?q", "../up", "https://b.example:8443/%E4"];
const sums = [`sha256-${"A".repeat(43)}=`, `sha384-${"b".repeat(64)} sha512-${"C_-/".repeat(21)}Cw==`, "sha256-AAAA?x"];

function checkName(name: string): void {
  must(name !== "" && name !== "." && name !== "..", "a name is one");
  must(!/[/\\\p{Cc}]/u.test(name), "a name is one segment that can be shown");
  must(new TextEncoder().encode(name).length <= 240, "a name is short enough");
  must(!/[.\s]$/.test(name), "a name ends in no dot, which Windows would drop");
  must(safeFileName(name) === name, "a safe name stays as it is");
}

export const parsers: readonly FuzzedParser[] = [
  {
    name: "Content-Range",
    corpus: ranges,
    parse: parseContentRange,
    check(text) {
      const parsed = parseContentRange(text);
      if (parsed === null) return;
      if (parsed.kind === "unsatisfied") return must(isCount(parsed.total), "a total is a count");
      const { start, end, total } = parsed.range;
      must(isCount(start) && isCount(end) && start < end, "a range has bytes");
      must(total === null || (isCount(total) && end <= total), "a range ends within its total");
      const again = parseContentRange(`bytes ${formatRangeHeader(start, end).slice(6)}/${total ?? "*"}`);
      must(JSON.stringify(again) === JSON.stringify(parsed), "it reads what it would write");
    },
  },
  {
    name: "Content-Disposition",
    corpus: dispositions,
    parse: (text) => fileNameOf("https://a.example/x", text),
    check(text) {
      const value = asFieldValue(text);
      const name = suggestedFileName(value);
      must(name === null || name.length <= value.length, "a name is no longer than what it came in");
      checkName(fileNameOf("https://a.example/x", value));
    },
  },
  { name: "file name", corpus: names, parse: safeFileName, check: (text) => checkName(safeFileName(text)) },
  {
    name: "Retry-After",
    corpus: ["120", "0", ...dates],
    parse: (text) => retryAfterMs(new Headers({ "retry-after": text, date: text }), 0),
    check(text) {
      const value = asFieldValue(text);
      const waitMs = retryAfterMs(new Headers({ "retry-after": value, date: dates[0] ?? "" }), 0);
      must(waitMs === null || (isCount(waitMs) && waitMs <= dayMs), "a wait is at most a day");
      const byDate = retryAfterMs(new Headers({ "retry-after": dates[0] ?? "", date: value }), 0);
      must(byDate !== null && isCount(byDate) && byDate <= dayMs, "a wait until a date is at most a day");
    },
  },
  {
    name: "HTTP-date",
    corpus: dates,
    parse: (text) => parseHttpDate(text, 0),
    check(text) {
      const at = parseHttpDate(text, 0);
      must(
        at === null || (Number.isSafeInteger(at) && at >= firstMs && at <= lastMs),
        "a date is in four digits' years",
      );
      const day = Number(/\d+/.exec(text)?.[0]);
      must(at === null || text.includes(":60") || new Date(at).getUTCDate() === day, "a month has that day");
      if (at !== null && at < lastMs)
        must(parseHttpDate(new Date(at).toUTCString(), 0) === at, "it reads what it would write");
    },
  },
  {
    name: "ETag, Last-Modified",
    corpus: [...tags, ...dates],
    parse: (text) => chooseValidator(new Headers({ etag: text, "last-modified": text, date: text })),
    check(text) {
      const value = asFieldValue(text);
      const headers = new Headers({ etag: value, date: "Mon, 07 Nov 1994 08:49:37 GMT" });
      const tag = chooseValidator(headers);
      must(
        tag === null || (tag.value === headers.get("etag") && !/^w/i.test(tag.value)),
        "a tag is strong, and as written",
      );
      must(tag === null || compareValidator(tag, headers) === "same", "a tag is the same as itself");
      const dated = chooseValidator(new Headers({ "last-modified": value, date: "Mon, 07 Nov 1994 08:49:37 GMT" }));
      must(dated === null || parseHttpDate(dated.value, 0) !== null, "a date that guards is one");
    },
  },
  {
    name: "Location",
    corpus: locations,
    parse: (text) => followRedirect(asked, 302, text),
    check(text) {
      const location = asFieldValue(text);
      const decision = followRedirect(asked, 302, location);
      if (decision.type === "refuse") return must(!decision.because.includes("http://"), "a refusal quotes nothing");
      const url = new URL(decision.url);
      must(
        url.protocol === "https:" && url.username === "" && url.password === "" && url.hash === "",
        "it stays secure",
      );
      must(url.origin === "https://a.example" || decision.headers.length === 0, "a stranger gets no secret");
      must(/^[^?]*(\?…)?$/.test(shownUrl(decision.url)), "a query is not shown");
      must(
        keptUrl(decision.url, asked.url).length <= decision.url.length + 2,
        "what is kept is no more than there was",
      );
    },
  },
  {
    name: "Content-Length",
    corpus: ["0", "10", "10, 10", " 7 ", "9007199254740991"],
    parse: (text) => contentLength(new Headers({ "content-length": text })),
    check(text) {
      const headers = new Headers({ "content-length": asFieldValue(text) });
      const length = contentLength(headers);
      must(length === "invalid" || isCount(length), "a length is a count, or invalid");
      const numbers = (headers.get("content-length") ?? "")
        .split(",")
        .map((item) => BigInt(/^\s*\d+\s*$/.test(item) ? item : -1));
      must(
        length === "invalid" || numbers.every((number) => number === BigInt(length ?? -1)),
        "a length is said only once",
      );
      const promised = promisedLength("GET", 200, headers);
      must(promised === null || promised === length, "transport and engine read the same length");
    },
  },
  {
    name: "integrity metadata",
    corpus: sums,
    parse: parseIntegrity,
    check(text) {
      const parsed = parseIntegrity(text);
      if (parsed === null) return;
      const [digest] = parsed.digests;
      must(digest !== undefined && fulfils(parsed, digest), "a digest fulfils itself");
      if (digest === undefined || digest.length === 0) return;
      const again = parseIntegrity(formatDigest(parsed.algorithm, digest));
      must(again !== null && fulfils(again, digest), "it reads what it would write");
    },
  },
  {
    name: "Content-Type of a captive portal",
    corpus: ["text/html; charset=utf-8", "application/xhtml+xml", "video/mp4", "text/htmlx"],
    parse: (text) => looksLikePortal("video/mp4", new Headers({ "content-type": text })),
    check(text) {
      const headers = new Headers({ "content-type": asFieldValue(text) });
      must(!looksLikePortal(null, headers) && !looksLikePortal("text/html", headers), "only a surprise is a portal");
      if (looksLikePortal("video/mp4", headers))
        must(/^(text\/html|application\/xhtml)/i.test(headers.get("content-type")?.trim() ?? ""), "a portal is a page");
    },
  },
  {
    name: "Content-Encoding",
    corpus: ["gzip", "identity", "br, gzip", " identity , x"],
    parse: (text) => representationOf(200, new Headers({ "content-encoding": text })),
    check(text) {
      const coded = representationOf(200, new Headers({ "content-encoding": asFieldValue(text), etag: '"a"' }));
      must(coded.coding !== "" && coded.coding === (coded.coding?.toLowerCase() ?? null), "a coding is lower case");
      must(isResumable(coded) === (coded.coding === null), "only what is not coded is resumed");
    },
  },
  {
    name: "percent-encoding",
    corpus: ["a%20b", "%E4%f6", "%", "%%41", "na\u00efve"],
    parse: percentDecode,
    check(text) {
      must(percentDecode(text).length <= text.length, "bytes are no more than characters");
    },
  },
  {
    name: "a whole head",
    corpus: [...ranges, ...tags, ...dates, ...locations, "10", "gzip", "text/html"],
    parse: (text) => judgeResponse(resumed, 206, new Headers(headFields.map((name) => [name, text]))),
    check(text) {
      const value = asFieldValue(text);
      for (const [at, field] of headFields.entries()) {
        const known = { "content-range": "bytes 5-8/9", etag: '"abc"' };
        const status = [200, 206, 302, 416, 503][at % 5] ?? 206;
        const headers = new Headers({ ...known, [field]: value });
        for (const each of [status, 206]) {
          const verdict = judgeResponse(resumed, each, headers);
          if (verdict.type !== "append") continue;
          must(
            verdict.offset === 5 && isCount(verdict.skip) && (each === 206 ? verdict.skip <= 5 : verdict.skip === 5),
            "bytes go where they belong",
          );
          must(
            headers.get("etag") === '"abc"' && headers.get("content-encoding") !== "gzip",
            "bytes are of what is stored",
          );
        }
      }
    },
  },
];
