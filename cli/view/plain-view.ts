import type { ShownEvent, View } from "../shown-event.ts";
import { createSummary } from "../summary.ts";
import { noticeLine } from "./notice-line.ts";
import { recordName, recordWords } from "./record-words.ts";
import { totalLine } from "./total-line.ts";
import { createTransferModel, type Transfer } from "./transfer-model.ts";

const intervalMs = 5_000;

/** Records beyond which each one's end is not worth a line: a log of 10,000 lines tells less than one of ten. */
const fewRecords = 20;

/** Lines for a log: when something begins, waits, or ends, and every five seconds how far it is. */
export function createPlainView(write: (line: string) => void): View {
  const model = createTransferModel();
  const summary = createSummary();
  const begun = new Set<string>();
  const tell = (transfer: Transfer): void => write(`${transfer.id}: ${totalLine(transfer, Date.now())}`);
  const timer = setInterval(() => {
    for (const transfer of model.transfers.values()) tell(transfer);
  }, intervalMs);

  function lineOf(event: ShownEvent, now: number): string | null {
    if (event.type === "result") return summary.line(event, now);
    if (event.type === "registration.state" || event.type === "network.state") return null;
    if (event.type === "record.state") return waitingLine(event, now);
    const transfer = "id" in event ? model.transfers.get(event.id) : undefined;
    const few = transfer !== undefined && transfer.count > 1 && transfer.count <= fewRecords;
    if (few && event.type === "record.settled" && event.state === "success") return `${recordName(event)} saved`;
    return noticeLine(event);
  }

  function waitingLine(event: Extract<ShownEvent, { readonly type: "record.state" }>, now: number): string | null {
    const transfer = model.transfers.get(event.id);
    const record = transfer?.active.get(event.index);
    const waits = event.state === "backing-off" || event.state === "paused-offline";
    if (record === undefined || transfer === undefined || !waits || transfer.count > fewRecords) return null;
    return `${recordName(event)}: ${recordWords(record, now)}`;
  }

  return {
    show(event) {
      const now = Date.now();
      model.apply(event, now);
      summary.note(event, now);
      if (event.type === "progress" && !begun.has(event.id)) {
        begun.add(event.id);
        const transfer = model.transfers.get(event.id);
        if (transfer !== undefined) tell(transfer);
      }
      const line = lineOf(event, now);
      if (line !== null) write(line);
    },
    close: () => clearInterval(timer),
  };
}
