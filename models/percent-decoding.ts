/** The bytes that a percent-encoded text of one character per byte stands for. What is no escape stands for itself. */
export function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  // By code units, not by a regular expression: a URL of nothing but escapes has 100,000 of them.
  for (let index = 0; index < text.length; index += 1) {
    const high = text.charCodeAt(index) === percent ? hexDigit(text.charCodeAt(index + 1)) : -1;
    const low = high < 0 ? -1 : hexDigit(text.charCodeAt(index + 2));
    bytes[length] = low < 0 ? text.charCodeAt(index) : high * 16 + low;
    length += 1;
    if (low >= 0) index += 2;
  }
  return bytes.subarray(0, length);
}

const percent = 0x25;

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}
