const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const none = /\p{Mn}|\p{Me}|\p{Cf}/u;
const segmenter = new Intl.Segmenter();

/** Columns that a terminal gives this text; near enough to cut and to pad by. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += columns(segment);
  return width;
}

/** `text` in exactly so many columns, its end cut off or filled up with spaces. */
export function fit(text: string, width: number): string {
  if (textWidth(text) <= width) return text + " ".repeat(width - textWidth(text));
  let kept = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (used + columns(segment) > width - 1) break;
    kept += segment;
    used += columns(segment);
  }
  return `${kept}…`.padEnd(kept.length + width - used);
}

function columns(segment: string): number {
  if (wide.test(segment)) return 2;
  return none.test(segment) && segment.length === 1 ? 0 : 1;
}
