import { describe, expect, it } from "vitest";
import { percentDecode } from "./percent-decoding.ts";

describe("percent-decoding", () => {
  it.each([
    ["a%20b", [0x61, 0x20, 0x62]],
    ["%C3%bf", [0xc3, 0xbf]],
    ["%252e", [0x25, 0x32, 0x65]],
    ["\u00ff", [0xff]],
    ["", []],
    ["%", [0x25]],
    ["%4", [0x25, 0x34]],
    ["%4g", [0x25, 0x34, 0x67]],
    ["%%41", [0x25, 0x41]],
    ["%:0%/0%@0%`0", [...new TextEncoder().encode("%:0%/0%@0%`0")]],
  ])("%j stands for %j", (text, bytes) => {
    expect([...percentDecode(text)]).toEqual(bytes);
  });
});
