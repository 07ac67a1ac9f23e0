import type { Salvage } from "../core/index.ts";
import { formatBytes } from "./view/format-bytes.ts";

/** What was done about a journal that was damaged or lost, in a line. */
export function salvageWords({ setAside, quarantined, registrations, bytes }: Salvage): string {
  const found =
    registrations === 0
      ? "nothing of its downloads could be taken up again"
      : `${registrations} of its downloads, with ${formatBytes(bytes)}, can go on`;
  if (quarantined > 0) return `Of the store's journal ${quarantined} downloads were damaged: ${found}`;
  return setAside === null
    ? `The store's journal was gone: ${found}`
    : `The store's journal was damaged, and is now ${setAside}: ${found}`;
}
