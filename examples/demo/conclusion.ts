import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { inMiB } from "./board.ts";
import { plan, totalBytes } from "./plan.ts";
import type { Tally } from "./tally.ts";

export interface FileVerdict {
  readonly name: string;
  readonly size: number;
  readonly right: boolean;
}

/** Compare each file on the disk with what the server said of it before it sent a byte. */
export async function verifyFiles(
  directory: string,
  files: readonly { readonly name: string; readonly sha256: string }[],
): Promise<readonly FileVerdict[]> {
  const verdicts: FileVerdict[] = [];
  for (const { name, sha256 } of files) {
    const path = join(directory, name);
    const size = await stat(path).then(
      (stats) => stats.size,
      () => 0,
    );
    const hash = createHash("sha256");
    if (size > 0) await pipeline(createReadStream(path), hash);
    verdicts.push({ name, size, right: hash.digest("hex") === sha256 });
  }
  return verdicts;
}

export function tableOf(verdicts: readonly FileVerdict[]): readonly string[] {
  return verdicts.map(
    ({ name, size, right }) =>
      `  ${name.padEnd(12)} ${inMiB(size).padStart(5)} MiB  SHA-256 ${right ? "right" : "WRONG"}`,
  );
}

/** Each thing that the demo says it survived, and whether it happened at all. */
export function claimsOf(tally: Tally): readonly { readonly text: string; readonly happened: boolean }[] {
  const plannedCuts = plan.files.reduce((sum, { cutsAt }) => sum + cutsAt.length, 0);
  const plannedRefusals = plan.files.reduce((sum, { refusals }) => sum + refusals, 0);
  const again = Math.max(0, tally.sent - totalBytes);
  return [
    { text: `${tally.cuts} connections cut in the middle of a file`, happened: tally.cuts === plannedCuts },
    {
      text: `a server that was gone for ${(tally.awayMs / 1000).toFixed(1)} s and took ${tally.cutByGoing} connections with it`,
      happened: tally.awayMs >= plan.awayMs && tally.cutByGoing > 0,
    },
    {
      text: `an overloaded server (503, ${tally.refusals} time), which was left alone for the ${plan.retryAfterS} s it asked for`,
      happened: tally.refusals === plannedRefusals && tally.returnedAfterMs >= plan.retryAfterS * 1000,
    },
    { text: "its own process killed once with kill -9, at half of the way", happened: tally.killed },
    {
      text: `${tally.continued} interruptions after which a file went on from where it was; ${inMiB(again)} MiB were sent twice`,
      happened: tally.continued > 0 && again < totalBytes / 2,
    },
  ];
}
