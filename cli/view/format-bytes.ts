const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Three digits or so, and never a unit of which there would be more than a thousand: `980 KiB`, `1.2 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Whole percent, and 100 only when all of it is there. */
export function formatPercent(part: number, whole: number): string {
  if (part >= whole) return "100%";
  return `${Math.min(99, Math.floor((part / whole) * 100))}%`;
}
