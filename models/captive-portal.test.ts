import { describe, expect, it } from "vitest";
import { looksLikePortal } from "./captive-portal.ts";

const page = { "content-type": "text/html; charset=utf-8" };

describe("a captive portal", () => {
  it("C13 is suspected behind a page without a validator, where something else was held", () => {
    expect(looksLikePortal("video/mp4", new Headers(page))).toBe(true);
    expect(looksLikePortal("", new Headers({ "content-type": "application/xhtml+xml" }))).toBe(true);
  });

  it.each([
    ["nothing is held", null, page],
    ["a page is held", "text/html", page],
    ["it has an ETag", "video/mp4", { ...page, etag: '"x"' }],
    ["it has a date", "video/mp4", { ...page, "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT" }],
    ["it is of another type", "video/mp4", { "content-type": "video/mp4" }],
    ["its type only begins alike", "video/mp4", { "content-type": "text/htmlx" }],
    ["it has no type", "video/mp4", {}],
  ])("C13 is not suspected when %s", (_, heldType, fields) => {
    expect(looksLikePortal(heldType, new Headers(fields as Record<string, string>))).toBe(false);
  });
});
