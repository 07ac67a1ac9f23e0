import type { WriteStream } from "node:tty";
import { createLogUpdate } from "log-update";
import type { View } from "../shown-event.ts";
import { createSummary } from "../summary.ts";
import { frame } from "./frame.ts";
import { noticeLine } from "./notice-line.ts";
import { createTransferModel } from "./transfer-model.ts";

const redrawMs = 100;

/** Draws the downloads in place, at most ten times a second; what is worth keeping scrolls away above them. */
export function createTerminalView(stream: WriteStream): View {
  const draw = createLogUpdate(stream);
  const model = createTransferModel();
  const summary = createSummary();
  const redraw = (): void => {
    const { columns, rows } = stream;
    const lines = frame(model.transfers.values(), { columns: columns || 80, rows: rows || 24 }, Date.now());
    if (lines.length === 0) draw.clear();
    else draw(lines.join("\n"));
  };
  const timer = setInterval(redraw, redrawMs);
  return {
    show(event) {
      const now = Date.now();
      model.apply(event, now);
      summary.note(event, now);
      const kept = event.type === "result" ? summary.line(event, now) : noticeLine(event);
      if (kept === null) return;
      draw.persist(kept);
      redraw();
    },
    close() {
      clearInterval(timer);
      draw.clear();
      draw.done();
    },
  };
}
