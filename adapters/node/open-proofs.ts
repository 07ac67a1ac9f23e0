import { BodyProofs } from "./body-proofs.ts";

/** The proofs of the bodies that are open: all who have a body open share them. */
export interface OpenProofs {
  take(path: string, isNew: boolean): { readonly proofs: BodyProofs; release(): void };
}

export function createOpenProofs(): OpenProofs {
  const open = new Map<string, { readonly proofs: BodyProofs; users: number }>();
  return {
    take(path, isNew) {
      const known = isNew ? undefined : open.get(path);
      const entry = known ?? { proofs: new BodyProofs(path, isNew), users: 0 };
      entry.users += 1;
      open.set(path, entry);
      return {
        proofs: entry.proofs,
        release() {
          entry.users -= 1;
          if (entry.users > 0) return;
          entry.proofs.close();
          if (open.get(path) === entry) open.delete(path);
        },
      };
    },
  };
}
