import { describe, expect, it } from "vitest";
import { createDirectorySync, syncWithAncestors } from "./directory-sync.ts";

/** Directory syncs that end when the test says so. */
function heldSyncs() {
  const begun: { readonly directory: string; end(error?: Error): void }[] = [];
  const directories = createDirectorySync(
    (directory) =>
      new Promise((resolve, reject) => {
        begun.push({ directory, end: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
  );
  return { begun, directories };
}

describe("directory sync", () => {
  // Mutant: joining the running call instead of the next one. It may have passed the name already.
  it("never answers with a sync that began before the call", async () => {
    const { begun, directories } = heldSyncs();
    const order: string[] = [];
    const first = directories.sync("a").then(() => order.push("first"));
    const second = directories.sync("a").then(() => order.push("second"));
    expect(begun).toHaveLength(1);

    begun[0]?.end();
    await first;
    await expect.poll(() => begun.length).toBe(2);
    expect(order).toEqual(["first"]);
    begun[1]?.end();
    await second;
  });

  it("lets all who wait for one directory share one sync, and other directories go on", async () => {
    const { begun, directories } = heldSyncs();
    const all = [
      directories.sync("a"),
      ...Array.from({ length: 100 }, () => directories.sync("a")),
      directories.sync("b"),
    ];
    expect(begun.map(({ directory }) => directory)).toEqual(["a", "b"]);

    begun[0]?.end();
    begun[1]?.end();
    await expect.poll(() => begun.length).toBe(3);
    begun[2]?.end();
    await Promise.all(all);
    expect(begun).toHaveLength(3);
  });

  it("tells those who waited for a sync that failed, and only those", async () => {
    const { begun, directories } = heldSyncs();
    const failing = directories.sync("a");
    const next = directories.sync("a");
    begun[0]?.end(new Error("EIO"));

    await expect(failing).rejects.toThrow("EIO");
    await expect.poll(() => begun.length).toBe(2);
    begun[1]?.end();
    await next;
  });

  it("syncs a directory that is there, and says so of one that is not", async () => {
    const directories = createDirectorySync();
    await directories.sync(import.meta.dirname);
    await expect(directories.sync(`${import.meta.dirname}/none`)).rejects.toMatchObject({ code: "ENOENT" });
  });

  // Mutant: only the folder and the one above. A store whose folders were made with it is gone after a loss of power.
  it("G2 G3 makes the names of all folders above durable, where it may", async () => {
    const synced: string[] = [];
    const refuse = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
    const above = createDirectorySync((directory) => {
      synced.push(directory);
      return directory === "/" ? refuse("EACCES") : Promise.resolve();
    });
    await syncWithAncestors(above, "/home/somebody/store");
    expect(synced).toEqual(["/home/somebody/store", "/home/somebody", "/home", "/"]);

    const failing = createDirectorySync((directory) => (directory === "/home" ? refuse("EIO") : Promise.resolve()));
    await expect(syncWithAncestors(failing, "/home/somebody/store")).rejects.toMatchObject({ code: "EIO" });
    const denied = createDirectorySync(() => refuse("EACCES"));
    await expect(syncWithAncestors(denied, "/home/somebody/store")).rejects.toMatchObject({ code: "EACCES" });
  });
});
