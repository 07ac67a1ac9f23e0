import { describe, expect, it } from "vitest";
import { suggestedFileName } from "./content-disposition.ts";

describe("Content-Disposition", () => {
  it.each([
    ["a token", "attachment; filename=a.txt", "a.txt"],
    ["a token with spaces around", "attachment ;  filename = a.txt  ; x=y", "a.txt"],
    ["a quoted string", 'attachment; filename="a b; c.txt"', "a b; c.txt"],
    ["M10: escaped quotes", 'attachment; filename="a\\"b\\\\c.txt"', 'a"b\\c.txt'],
    ["an unquoted name with spaces, as many send it", "attachment; filename=a b.txt", "a b.txt"],
    ["an inline disposition", "inline; FileName=a.txt", "a.txt"],
    ["the first of two", "attachment; filename=a.txt; filename=b.txt", "a.txt"],
    [
      "M10: the extended name before the plain",
      "attachment; filename=a.txt; filename*=UTF-8''na%C3%AFve.txt",
      "naïve.txt",
    ],
    ["M10: the extended name with a language", "attachment; filename*=utf-8'en'%e2%82%ac.txt", "€.txt"],
    ["M10: the extended name in Latin-1", "attachment; filename*=ISO-8859-1''%A3.txt", "£.txt"],
    [
      "M10: the plain name where the extended is not UTF-8",
      "attachment; filename*=UTF-8''%ff.txt; filename=a.txt",
      "a.txt",
    ],
    ["M10: the plain name where the charset is unknown", "attachment; filename*=koi8-r''%c1; filename=a.txt", "a.txt"],
    ["M10: the plain name, not a continuation", "attachment; filename*0*=UTF-8''x; filename=a.txt", "a.txt"],
    ["M10: raw UTF-8 bytes", 'attachment; filename="na\u00c3\u00afve.txt"', "naïve.txt"],
    ["M10: raw Latin-1 bytes", 'attachment; filename="na\u00efve.txt"', "naïve.txt"],
    ["no name inside another value", 'attachment; x="; filename=evil"; filename=a.txt', "a.txt"],
    ["a quote that never ends", 'attachment; filename="a.txt', '"a.txt'],
  ])("names %s", (_, value, name) => {
    expect(suggestedFileName(value)).toBe(name);
  });

  it.each(["", "attachment", "filename=a.txt", "attachment; filename", "attachment; name=a.txt"])(
    "finds no name in %j",
    (value) => {
      expect(suggestedFileName(value)).toBeNull();
    },
  );
});
