import { describe, expect, it } from "vitest";
import { hasBadPort } from "./bad-port.ts";

describe("port blocking", () => {
  it.each([25, 6000, 6667, 10080])("refuses port %i", (port) => {
    expect(hasBadPort(new URL(`http://host:${port}/`))).toBe(true);
  });

  it.each(["http://host/", "https://host:443/", "http://host:8080/", "https://host:50000/"])(
    "lets %s through",
    (url) => {
      expect(hasBadPort(new URL(url))).toBe(false);
    },
  );
});
