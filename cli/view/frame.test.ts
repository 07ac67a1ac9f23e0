import { describe, expect, it } from "vitest";
import type { ShownEvent } from "../shown-event.ts";
import { frame } from "./frame.ts";
import { textWidth } from "./text-width.ts";
import { createTransferModel } from "./transfer-model.ts";

const MiB = 1024 * 1024;
const size = { columns: 100, rows: 24 };

type State = Extract<ShownEvent, { readonly type: "record.state" }>;
type Progress = Extract<ShownEvent, { readonly type: "progress" }>;

const state = (index: number, fields: Partial<State> = {}): State => ({
  type: "record.state",
  id: "x",
  index,
  url: `http://host/${index}.bin`,
  state: "exchanging",
  attempt: 0,
  backoffMs: 0,
  failure: null,
  deadline: null,
  ...fields,
});

const progress = (count: number, downloaded: number, changed: Progress["changed"], settled = 0): Progress => ({
  type: "progress",
  id: "x",
  downloaded,
  downloadTotal: 0,
  uploaded: 0,
  uploadTotal: 0,
  records: { count, settled },
  changed,
});

const transferring: ShownEvent = {
  type: "registration.state",
  id: "x",
  state: "transferring",
  failureReason: null,
};

const unavailable = {
  reason: "bad-status",
  code: "status",
  detail: "The server answered 503",
  retryable: true,
  retryAfterMs: null,
  status: 503,
  unreachable: false,
} as const;

/** The frame after these events, one a second, without what only pads it. */
function framed(events: readonly ShownEvent[], at = size): string[] {
  const model = createTransferModel();
  for (const [second, event] of events.entries()) model.apply(event, second * 1_000);
  const lines = frame(model.transfers.values(), at, (events.length - 1) * 1_000);
  expect(Math.max(...lines.map(textWidth))).toBeLessThan(at.columns);
  expect(lines.length).toBeLessThan(at.rows);
  return lines.map((line) => line.replace(/ {2,}/g, "  "));
}

describe("frame", () => {
  it("shows one file with its bytes, per cent, rate and time to go, and no total beside it", () => {
    const lines = framed([
      transferring,
      state(0),
      progress(1, 0, []),
      progress(1, 2 * MiB, [{ index: 0, stored: 2 * MiB, total: 10 * MiB }]),
      progress(1, 4 * MiB, [{ index: 0, stored: 4 * MiB, total: 10 * MiB }]),
    ]);

    expect(lines).toEqual(["0.bin  [====>  ]  4.0 MiB of 10.0 MiB  40%  2.0 MiB/s  ETA 3 s"]);
  });

  it("shows what waits in words, and a total below", () => {
    const lines = framed([
      transferring,
      state(0),
      state(1, { state: "paused-offline" }),
      state(2, { state: "paused" }),
      progress(4, 3 * MiB, [{ index: 0, stored: MiB, total: 10 * MiB }], 1),
      state(3, { state: "backing-off", attempt: 3, backoffMs: 4_000, failure: unavailable }),
    ]);

    expect(lines).toEqual([
      "0.bin  [=>  ]  1.0 MiB of 10.0 MiB  10%",
      "1.bin  offline, waiting",
      "2.bin  paused",
      "3.bin  retry 3 in 4 s: 503",
      "x  1 of 4 files  3.0 MiB",
    ]);
  });

  it.each([
    { rows: 24, records: 10 },
    { rows: 8, records: 5 },
    { rows: 3, records: 0 },
  ])("shows $records of many records in $rows rows, and counts the others", ({ rows, records }) => {
    const active = Array.from({ length: 16 }, (_, index) => state(index));

    const lines = framed([transferring, progress(10_000, 0, []), ...active], { columns: 80, rows });

    expect(lines.filter((line) => line.endsWith("connecting"))).toHaveLength(records);
    expect(lines).toContain(`… and ${10_000 - records} more waiting`);
    expect(lines.at(-1)).toBe("x  0 of 10000 files  downloading");
  });

  // Mutant: a total summed over all records ever seen would count settled ones twice.
  it("knows the total once every length is known, also when files were complete before it looked", () => {
    const events = [transferring, state(1), progress(2, 5 * MiB, [{ index: 1, stored: MiB, total: 4 * MiB }], 1)];

    expect(framed(events).at(-1)).toContain("1 of 2 files  5.0 MiB of 8.0 MiB  62%");
  });

  it("keeps within a narrow terminal, whatever the names are", () => {
    const events = [transferring, state(0, { url: `http://host/${"漢".repeat(50)}` }), progress(2, 0, [])];

    expect(framed(events, { columns: 30, rows: 10 })[0]).toMatch(/^漢+… {2}connecting$/);
  });
});
