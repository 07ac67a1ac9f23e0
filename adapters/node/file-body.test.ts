import { closeSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BodyProofs } from "./body-proofs.ts";
import { createDirectorySync } from "./directory-sync.ts";
import { FileBody } from "./file-body.ts";

function bodyOf(fd: number, path: string): FileBody {
  const proofs = new BodyProofs(path, true);
  return new FileBody({ fd, path, proofs, directories: createDirectorySync(), onClose: () => {} });
}

/** A body on a device, which the system refuses to sync: a real error, whoever runs the test. */
function bodyThatCannotSync(): FileBody {
  const path = "/dev/null";
  return bodyOf(openSync(path, "r+"), path);
}

describe.skipIf(process.platform === "win32")("file body", () => {
  // Mutant: forgetting the failure. The next fsync would say that all is well (F4).
  it("refuses everything after a sync that failed", async () => {
    const body = bodyThatCannotSync();
    await body.write(0, [Uint8Array.of(1)]);
    const failed = { code: "LONGHAUL_BODY_FAILED" };
    await expect(body.sync()).rejects.toMatchObject({ ...failed, cause: { code: "EINVAL" } });

    await expect(body.write(0, [Uint8Array.of(1)])).rejects.toMatchObject(failed);
    await expect(body.sync()).rejects.toMatchObject(failed);
    await expect(body.truncate(0)).rejects.toMatchObject(failed);
    await body[Symbol.asyncDispose]();
  });

  it("says that a disk is full, and may then be written again", async () => {
    const path = "/dev/full";
    const body = bodyOf(openSync(path, "r+"), path);
    for (const size of [10, 1_000_000]) {
      const full = { code: "LONGHAUL_BODY_FULL", cause: { code: "ENOSPC" } };
      await expect(body.write(0, [new Uint8Array(size)])).rejects.toMatchObject(full);
    }
    await body[Symbol.asyncDispose]();
  });

  it("F16 says that closing failed", async () => {
    const body = bodyThatCannotSync();
    const other = openSync("/dev/null", "r+");
    closeSync(other);
    const gone = bodyOf(other, "gone");

    await expect(gone[Symbol.asyncDispose]()).rejects.toMatchObject({ code: "LONGHAUL_BODY_FAILED" });
    await body[Symbol.asyncDispose]();
  });
});
