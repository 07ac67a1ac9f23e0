import type { DownloaderEvent } from "./downloader.ts";
import { plan, totalBytes } from "./plan.ts";

/** How far each file is, as the downloader tells it. */
export interface Board {
  take(event: DownloaderEvent): void;
  /** The process that told all this is gone; what it had stored is not. */
  die(): void;
  /** Bytes stored, of all files. */
  stored(): number;
  lines(): readonly string[];
}

const states: { readonly [state: string]: string } = {
  pending: "waiting for its turn",
  exchanging: "downloading",
  "backing-off": "waiting to try again",
  "paused-offline": "waiting for the network",
  success: "complete",
  failure: "given up",
};

const width = 24;

export function createBoard(): Board {
  const files = plan.files.map(({ name, size }) => ({ name, size, stored: 0, state: "pending" }));
  return {
    take(event) {
      if (event.type === "progress") {
        for (const { index, stored } of event.changed) update(index, { stored });
      } else if (event.type === "record.state") update(event.index, { state: event.state });
      else if (event.type === "record.settled") update(event.index, { state: event.state, stored: event.stored });
    },
    die() {
      for (const file of files) if (file.state !== "success") file.state = "killed";
    },
    stored: () => files.reduce((sum, { stored }) => sum + stored, 0),
    lines: () => [...files.map((file) => `  ${file.name.padEnd(12)} ${lineOf(file)}`)],
  };

  function update(index: number, change: { readonly stored?: number; readonly state?: string }): void {
    const file = files[index];
    if (file !== undefined) Object.assign(file, change);
  }
}

function lineOf({ size, stored, state }: { readonly size: number; readonly stored: number; readonly state: string }) {
  const filled = Math.floor((stored / size) * width);
  const bar = "█".repeat(filled) + "░".repeat(width - filled);
  return `${bar} ${share(stored, size)}  ${inMiB(stored).padStart(5)} of ${inMiB(size)} MiB  ${states[state] ?? state}`;
}

/** One line for where there is no terminal. */
export const progressLine = (board: Board): string =>
  `${share(board.stored(), totalBytes)} of ${inMiB(totalBytes)} MiB safe on disk`;

const share = (part: number, whole: number): string => `${Math.floor((part / whole) * 100)} %`.padStart(5);

export const inMiB = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
