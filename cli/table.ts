import { fit, textWidth } from "./view/text-width.ts";

/** Columns below their headings, each as wide as its longest cell; the last is left ragged. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => cell.replace(/\p{Cc}/gu, " ")));
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => textWidth(cells[column] ?? ""))));
  const text = lines.map((cells) =>
    cells
      .map((cell, column) => fit(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${text.join("\n")}\n`;
}
