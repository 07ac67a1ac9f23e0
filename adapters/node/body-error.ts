import { LonghaulError, type LonghaulErrorCode } from "../../core/ports/index.ts";

const codes: Readonly<Record<string, LonghaulErrorCode>> = {
  ENOENT: "LONGHAUL_BODY_MISSING",
  EEXIST: "LONGHAUL_BODY_EXISTS",
  ENOSPC: "LONGHAUL_BODY_FULL",
  EDQUOT: "LONGHAUL_BODY_FULL",
  // A file system that cannot hold a file this large (FAT: 4 GiB) has, for this body, no room left.
  EFBIG: "LONGHAUL_BODY_FULL",
  EACCES: "LONGHAUL_BODY_DENIED",
  EPERM: "LONGHAUL_BODY_DENIED",
  EROFS: "LONGHAUL_BODY_DENIED",
};

/** The fault that a system call on a body means; `doing` and `path` make its sentence. */
export function bodyError(error: unknown, doing: string, path: string): LonghaulError {
  const errno = errnoOf(error);
  const code = codes[errno] ?? "LONGHAUL_BODY_FAILED";
  return new LonghaulError(code, `Could not ${doing} ${path}${errno === "" ? "" : ` (${errno})`}`, { cause: error });
}

/** The name of the system's error, such as `ENOSPC`, or an empty string. */
export function errnoOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}
