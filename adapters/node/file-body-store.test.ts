import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyIdOf, bytesOf, keep, listAll, readFirst } from "../../property-tests/contracts/body-store-harness.ts";
import { canMount, smallVolume } from "../../tests/faults/small-volume.ts";
import { testFolder } from "../../tests/faults/test-folder.ts";
import { bodyPathOf } from "./body-path.ts";
import { FileBodyStore } from "./file-body-store.ts";
import { temporaryPathOf } from "./publish-file.ts";

const id = bodyIdOf(1);
const move = { length: 10, replace: false };

async function storeIn(directory: string): Promise<FileBodyStore> {
  return FileBodyStore.open({ directory });
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe("file body store", () => {
  it("F22 keeps everything for its owner alone, whatever the umask", async () => {
    const directory = join(testFolder(), "a", "store");
    const before = process.umask(0);
    try {
      await keep(await storeIn(directory), id, bytesOf(1));
    } finally {
      process.umask(before);
    }

    const shard = join(directory, "bodies", id.slice(0, 2));
    expect([directory, join(directory, "bodies"), shard].map(modeOf)).toEqual(["700", "700", "700"]);
    expect(modeOf(bodyPathOf(directory, id))).toBe("600");
  });

  it("gives a delivered file the mode of any program's output", async () => {
    const folder = testFolder();
    const store = await storeIn(join(folder, "store"));
    const before = process.umask(0o027);
    try {
      await keep(store, id, bytesOf(10));
      await store.moveOut(id, join(folder, "out"), move);
    } finally {
      process.umask(before);
    }
    expect(modeOf(join(folder, "out"))).toBe("640");
  });

  // Mutants: without O_NOFOLLOW the secret is truncated; without O_NONBLOCK the FIFO hangs.
  it("F10 refuses whatever is not a regular file in a body's place", async () => {
    const folder = testFolder();
    const store = await storeIn(folder);
    const secret = join(folder, "secret");
    writeFileSync(secret, "secret");
    const places: Readonly<Record<string, (path: string) => void>> = {
      link: (path) => symlinkSync(secret, path),
      dangling: (path) => symlinkSync(join(folder, "none"), path),
      folder: (path) => mkdirSync(path),
      fifo: (path) => execFileSync("mkfifo", [path]),
    };
    for (const [n, place] of Object.values(places).entries()) {
      const other = bodyIdOf(n);
      const path = bodyPathOf(folder, other);
      mkdirSync(join(path, ".."), { recursive: true });
      place(path);
      const failed = { code: "LONGHAUL_BODY_FAILED" };
      await expect(store.open(other)).rejects.toMatchObject(failed);
      await expect(readFirst(store, other)).rejects.toMatchObject(failed);
      await expect(store.size(other)).rejects.toMatchObject(failed);
      await expect(store.create(other)).rejects.toMatchObject({ code: "LONGHAUL_BODY_EXISTS" });
      await expect(store.moveOut(other, join(folder, `out${n}`), move)).rejects.toMatchObject(failed);
    }
    expect(readFileSync(secret, "utf8")).toBe("secret");
  });

  // Mutant: take every write that was begun for one that the sync covers.
  it("F9 proves nothing of a write that was still under way when the sync began", async () => {
    const store = await storeIn(testFolder());
    await using body = await store.create(id);
    await body.write(0, [new Uint8Array(1_000)]);
    await body.note(1);
    const writing = body.write(1_000, [new Uint8Array(2_000_000)]);
    await Promise.all([body.sync(), writing]);
    expect(await store.intact(id, 2_001_000)).toEqual({ intact: 2_001_000, proven: 1_000 });
    await body.sync();
    expect((await store.intact(id, 2_001_000)).proven).toBe(2_001_000);
  });

  it("lists nothing but bodies", async () => {
    const folder = testFolder();
    const store = await storeIn(folder);
    await keep(store, id, bytesOf(1));
    const shard = join(folder, "bodies", id.slice(0, 2));
    writeFileSync(join(shard, "lost+found"), "");
    writeFileSync(join(shard, `ff${id.slice(2)}`), "");
    writeFileSync(join(folder, "bodies", ".DS_Store"), "");
    mkdirSync(join(folder, "bodies", "lost+found"));

    expect(await listAll(store)).toEqual([id]);
  });

  it("says which folder is missing, and that a destination must be absolute", async () => {
    const folder = testFolder();
    const store = await storeIn(folder);
    await keep(store, id, bytesOf(10));
    const missing = join(folder, "none", "out");
    const file = join(bodyPathOf(folder, id), "out");

    for (const destination of [missing, file]) {
      for (const replace of [false, true]) {
        const moved = store.moveOut(id, destination, { length: 10, replace });
        await expect(moved).rejects.toMatchObject({
          code: "LONGHAUL_BODY_DENIED",
          message: expect.stringContaining(destination),
        });
      }
    }
    await expect(store.moveOut(id, "out", move)).rejects.toThrow(TypeError);
    expect(await store.size(id)).toBe(10);
  });

  it("F13 never replaces a folder, nor follows a link at the destination", async () => {
    const folder = testFolder();
    const store = await storeIn(join(folder, "store"));
    await keep(store, id, bytesOf(10));
    const target = join(folder, "target");
    writeFileSync(target, "kept");
    symlinkSync(target, join(folder, "link"));
    mkdirSync(join(folder, "folder"));

    const exists = { code: "LONGHAUL_BODY_DESTINATION_EXISTS" };
    await expect(store.moveOut(id, join(folder, "folder"), { ...move, replace: true })).rejects.toMatchObject(exists);
    await expect(store.moveOut(id, join(folder, "link"), move)).rejects.toMatchObject(exists);
    await store.moveOut(id, join(folder, "link"), { ...move, replace: true });
    expect(readFileSync(target, "utf8")).toBe("kept");
    expect([...readFileSync(join(folder, "link"))]).toEqual([...bytesOf(10)]);
  });

  // The states that a kill between two system calls of moveOut leaves behind (G3).
  it.each([false, true])("finishes a move that a crash cut short (replace: %s)", async (replace) => {
    const folder = testFolder();
    const store = await storeIn(join(folder, "store"));
    const destination = join(folder, "out");
    await keep(store, id, bytesOf(10));
    const path = bodyPathOf(join(folder, "store"), id);
    linkSync(path, destination);
    if (replace) linkSync(path, temporaryPathOf(path, destination));
    await store.moveOut(id, destination, { length: 10, replace });

    expect([...readFileSync(destination)]).toEqual([...bytesOf(10)]);
    expect(await store.size(id)).toBeNull();
  });

  // A copy on another file system has its own inode. Mutant: whatever is there already is somebody else's.
  it("F14 G3 finishes a move by copy that a crash cut short after the copy had its name", async () => {
    const folder = testFolder();
    const store = await storeIn(join(folder, "store"));
    const destination = join(folder, "out");
    await keep(store, id, bytesOf(10));
    const temporary = temporaryPathOf(bodyPathOf(join(folder, "store"), id), destination);
    writeFileSync(temporary, bytesOf(10));
    linkSync(temporary, destination);

    await store.moveOut(id, destination, move);

    expect([...readFileSync(destination)]).toEqual([...bytesOf(10)]);
    expect(readdirSync(folder)).toEqual(["out", "store"]);
    expect(await store.size(id)).toBeNull();
  });

  // Mutants: whatever is there already is somebody else's; the copy's own name is left behind.
  it.runIf(canMount)("G3 F14 finishes a move to another file system that was cut after any of its calls", async () => {
    const folder = testFolder();
    const store = await storeIn(folder);
    const { path: volume } = smallVolume(1_000_000);
    const destination = join(volume, "out");
    const path = bodyPathOf(folder, id);
    const temporary = temporaryPathOf(path, destination);
    for (const bodyIsGone of [false, true]) {
      await keep(store, id, bytesOf(10));
      copyFileSync(path, temporary);
      linkSync(temporary, destination);
      if (bodyIsGone) rmSync(path);
      await store.moveOut(id, destination, move);

      expect([...readFileSync(destination)]).toEqual([...bytesOf(10)]);
      expect(readdirSync(volume)).toEqual(["out"]);
      expect(await store.size(id)).toBeNull();
      rmSync(destination);
    }
  });

  it.runIf(canMount)("F23 F13 leaves no copy beside a file that somebody else has put at the destination", async () => {
    const folder = testFolder();
    const store = await storeIn(folder);
    const { path: volume } = smallVolume(1_000_000);
    const destination = join(volume, "out");
    await keep(store, id, bytesOf(10));
    writeFileSync(temporaryPathOf(bodyPathOf(folder, id), destination), "half a co");
    writeFileSync(destination, "ten bytes.");

    await expect(store.moveOut(id, destination, move)).rejects.toMatchObject({
      code: "LONGHAUL_BODY_DESTINATION_EXISTS",
    });

    expect(readFileSync(destination, "utf8")).toBe("ten bytes.");
    expect(readdirSync(volume)).toEqual(["out"]);
    expect(await store.size(id)).toBe(10);
  });

  it.runIf(canMount)("F14 F23 begins a copy to another file system anew, and leaves nothing beside it", async () => {
    const folder = testFolder();
    const store = await storeIn(folder);
    const { path: volume } = smallVolume(1_000_000);
    for (const replace of [false, true]) {
      await keep(store, id, bytesOf(10));
      const destination = join(volume, `out ${replace}`);
      writeFileSync(temporaryPathOf(bodyPathOf(folder, id), destination), "half a co");
      await store.moveOut(id, destination, { length: 10, replace });

      expect([...readFileSync(destination)]).toEqual([...bytesOf(10)]);
    }
    expect(readdirSync(volume)).toEqual(["out false", "out true"]);
  });

  // Mutant: a rename in place of the link. What appears while the copy is made would be gone.
  it.runIf(canMount)("F13 does not replace what appears at the destination during a copy", async () => {
    const store = await storeIn(testFolder());
    const { path: volume } = smallVolume(1_000_000);
    const destination = join(volume, "out");
    await keep(store, id, bytesOf(10));
    const moved = store.moveOut(id, destination, move);
    writeFileSync(destination, "somebody else's");

    await expect(moved).rejects.toMatchObject({ code: "LONGHAUL_BODY_DESTINATION_EXISTS" });
    expect(readFileSync(destination, "utf8")).toBe("somebody else's");
    expect(readdirSync(volume)).toEqual(["out"]);
    expect(await store.size(id)).toBe(10);
  });

  it.runIf(canMount)("keeps the body when the other file system is full", async () => {
    const store = await storeIn(testFolder());
    const { path: volume } = smallVolume(100_000);
    await keep(store, id, bytesOf(300_000));

    const moved = store.moveOut(id, join(volume, "out"), { length: 300_000, replace: false });
    await expect(moved).rejects.toMatchObject({ code: "LONGHAUL_BODY_FULL" });
    expect(readdirSync(volume)).toEqual([]);
    expect(await store.size(id)).toBe(300_000);
  });
});
