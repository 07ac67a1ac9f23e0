import { resolve } from "node:path";
import { expect, it } from "vitest";
import { storeDirectory } from "./store-directory.ts";

it.each([
  { platform: "linux", env: {}, store: "/home/me/.local/share/longhaul" },
  { platform: "linux", env: { XDG_DATA_HOME: "/data" }, store: "/data/longhaul" },
  { platform: "linux", env: { XDG_DATA_HOME: "relative" }, store: "/home/me/.local/share/longhaul" },
  { platform: "darwin", env: {}, store: "/home/me/Library/Application Support/longhaul" },
] as const)("a user's store on $platform with $env is $store", ({ platform, env, store }) => {
  expect(storeDirectory(undefined, { platform, env, home: "/home/me" })).toBe(store);
});

it("is where --store says, from the current folder on", () => {
  expect(storeDirectory("x")).toBe(resolve("x"));
});
