import type { Listing } from "./listing.ts";
import { formatBytes, formatPercent } from "./view/format-bytes.ts";

/** The head of `show`: a line for each thing that is known. */
export function describeListing({
  id,
  title,
  state,
  failureReason,
  records,
  downloaded,
  total,
  started,
}: Listing): string {
  const why = failureReason === null || failureReason === "aborted" ? "" : ` (${failureReason})`;
  const failed = records.settled - records.succeeded;
  const bytes = total === null ? formatBytes(downloaded) : `${formatBytes(downloaded)} of ${formatBytes(total)}`;
  const percent = total === null ? "" : `, ${formatPercent(downloaded, total)}`;
  const lines = [
    ["id", id],
    ...(title === "" ? [] : [["title", title]]),
    ["state", `${state}${why}`],
    ["files", `${records.succeeded} of ${records.count} saved${failed > 0 ? `, ${failed} failed` : ""}`],
    ["bytes", `${bytes}${percent}`],
    ["started", started],
  ];
  return lines.map(([name = "", value = ""]) => `${name.padEnd(8)} ${value.replace(/\p{Cc}/gu, " ")}`).join("\n");
}
