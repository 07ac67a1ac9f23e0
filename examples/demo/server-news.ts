/** What the server tells the demo: its own log, which is what the demo's claims are counted from. */
export type ServerNews =
  | {
      readonly type: "ready";
      readonly url: string;
      readonly files: readonly { readonly name: string; readonly sha256: string }[];
    }
  | { readonly type: "refused"; readonly name: string }
  /** Who was refused has come back. */
  | { readonly type: "returned"; readonly name: string; readonly afterMs: number }
  | ({ readonly type: "answered"; readonly name: string } & Answered)
  | { readonly type: "away"; readonly cut: number }
  | { readonly type: "back"; readonly afterMs: number }
  | { readonly type: "account"; readonly sent: number };

/** How one answer went. */
export interface Answered {
  /** The first byte asked for. */
  readonly from: number;
  readonly sent: number;
  /** `cut`: by the plan. `gone`: the other side went, or the server went away. */
  readonly ended: "whole" | "cut" | "gone";
}
