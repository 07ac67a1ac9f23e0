import { describe, expect, it } from "vitest";
import { chooseValidator, compareValidator, sameValidator, type Validator } from "./validator.ts";

const modified = "Sun, 22 Nov 2026 12:00:00 GMT";
const minuteLater = "Sun, 22 Nov 2026 12:01:00 GMT";

describe("validator", () => {
  it.each(['"a"', '""', '"W/a"', '"caf\u00e9"'])("takes the strong ETag %s", (etag) => {
    expect(chooseValidator(new Headers({ etag }))).toEqual({ kind: "etag", value: etag });
  });

  it("A19: takes the ETag, never the date, where there are both", () => {
    const headers = new Headers({ etag: '"a"', "last-modified": modified, date: minuteLater });

    expect(chooseValidator(headers)).toEqual({ kind: "etag", value: '"a"' });
  });

  it("A17, BF-4: takes no weak ETag, and no date beside one", () => {
    expect(chooseValidator(new Headers({ etag: 'W/"a"' }))).toBeNull();
    expect(chooseValidator(new Headers({ etag: 'W/"a"', "last-modified": modified, date: minuteLater }))).toBeNull();
  });

  it.each(["a", '"a', 'w/"a"', '"a", "b"', '"a b"', '"a""'])("takes the malformed ETag %s for none", (etag) => {
    expect(chooseValidator(new Headers({ etag }))).toBeNull();
    expect(chooseValidator(new Headers({ etag, "last-modified": modified, date: minuteLater }))?.kind).toBe(
      "last-modified",
    );
  });

  it("A18: takes a Last-Modified that is a minute older than its Date", () => {
    const headers = new Headers({ "last-modified": modified, date: minuteLater });

    expect(chooseValidator(headers)).toEqual({ kind: "last-modified", value: modified });
  });

  it.each([
    ["59 s older", "Sun, 22 Nov 2026 12:00:59 GMT"],
    ["in the future", "Sun, 22 Nov 2026 11:00:00 GMT"],
    ["beside an unreadable Date", "now"],
  ])("A18: takes no Last-Modified that is %s", (_, date) => {
    expect(chooseValidator(new Headers({ "last-modified": modified, date }))).toBeNull();
  });

  it("A18: takes no Last-Modified without a Date, and none that is no date", () => {
    expect(chooseValidator(new Headers({ "last-modified": modified }))).toBeNull();
    expect(chooseValidator(new Headers({ "last-modified": "long ago", date: minuteLater }))).toBeNull();
  });

  it("A20: finds none where there is none", () => {
    expect(chooseValidator(new Headers())).toBeNull();
  });

  it("is the same only in kind and value, and never as nothing", () => {
    const etag: Validator = { kind: "etag", value: modified };

    expect(sameValidator(etag, { ...etag })).toBe(true);
    expect(sameValidator(etag, { kind: "last-modified", value: modified })).toBe(false);
    expect(sameValidator(etag, { kind: "etag", value: '"b"' })).toBe(false);
    expect(sameValidator(null, null)).toBe(false);
    expect(sameValidator(etag, null)).toBe(false);
  });

  it("hears from a later response that it is the same, another, or nothing", () => {
    const stored: Validator = { kind: "etag", value: '"a"' };

    expect(compareValidator(stored, new Headers({ etag: '"a"', "last-modified": minuteLater }))).toBe("same");
    expect(compareValidator(stored, new Headers({ etag: 'W/"a"' }))).toBe("different");
    expect(compareValidator(stored, new Headers({ etag: '"b"' }))).toBe("different");
    expect(compareValidator(stored, new Headers({ "last-modified": modified }))).toBe("absent");
    expect(compareValidator({ kind: "last-modified", value: modified }, new Headers({ etag: '"a"' }))).toBe("absent");
  });
});
