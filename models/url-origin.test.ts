import { describe, expect, it } from "vitest";
import { originOf, shownUrl } from "./url-origin.ts";

describe("origin", () => {
  it.each([
    ["E17: default port", "https://a.example:443/x", "https://a.example"],
    ["E17: upper case", "HTTPS://A.Example/x", "https://a.example"],
    ["D4: another port", "https://a.example:8443/x", "https://a.example:8443"],
    ["no origin", "data:text/plain,x", "null"],
    ["no URL", "a.example/x", "null"],
  ])("%s", (_, url, origin) => {
    expect(originOf(url)).toBe(origin);
  });
});

describe("shown URL", () => {
  it.each([
    ["https://me:secret@a.example/x?token=secret#secret", "https://a.example/x?…"],
    ["https://a.example/x", "https://a.example/x"],
    ["data:text/plain,secret", "data:…"],
    ["secret", "(not a URL)"],
  ])("%s is shown as %s", (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});
