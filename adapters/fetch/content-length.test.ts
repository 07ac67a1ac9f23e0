import { describe, expect, it } from "vitest";
import { promisedLength } from "./content-length.ts";

describe("the length that a response promises", () => {
  for (const [method, status, fields, expected] of [
    ["GET", 200, { "content-length": "12" }, 12],
    ["GET", 206, { "content-length": "0" }, 0],
    ["GET", 200, {}, null],
    ["GET", 200, { "content-length": "12", "transfer-encoding": "chunked" }, null],
    ["GET", 200, { "content-length": "12, 12" }, null],
    ["GET", 200, { "content-length": "9007199254740993" }, null],
    ["GET", 200, { "content-length": "0x10" }, null],
    ["HEAD", 200, { "content-length": "12" }, 0],
    ["GET", 304, { "content-length": "12" }, 0],
    ["GET", 204, {}, 0],
  ] as const) {
    it(`is ${expected} for ${method}, ${status}, ${JSON.stringify(fields)}`, () => {
      expect(promisedLength(method, status, new Headers(fields as Record<string, string>))).toBe(expected);
    });
  }
});
