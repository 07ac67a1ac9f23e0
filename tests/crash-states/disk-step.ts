import type { Acknowledgement } from "./acknowledgement.ts";

/** A file or a folder, whatever its names. */
export type Inode = number;

/** The folder that everything is in. */
export const rootInode: Inode = 0;

/** What a system call changes, which the disk may have or not until a sync says so. */
export type DiskChange =
  | { readonly type: "write"; readonly inode: Inode; readonly offset: number; readonly bytes: Buffer }
  | { readonly type: "resize"; readonly inode: Inode; readonly length: number }
  /** In the folder `inode` names are given and taken (`null`), together or not at all. */
  | { readonly type: "names"; readonly inode: Inode; readonly names: readonly (readonly [string, Inode | null])[] };

/** One moment of a recording. */
export type DiskStep =
  | { readonly type: "folder" | "file"; readonly inode: Inode }
  /** From now on some, all or nothing of it may be on the disk. */
  | { readonly type: "begin"; readonly change: DiskChange }
  | { readonly type: "end"; readonly change: DiskChange }
  | { readonly type: "sync-begin"; readonly inode: Inode; readonly call: number }
  /** What had ended when the sync began is on the disk now. */
  | { readonly type: "sync-end"; readonly inode: Inode; readonly call: number }
  | { readonly type: "acknowledged"; readonly acknowledgement: Acknowledgement };
