/** Numbers from 0 up to, not including, `limit`; the same for the same seed. */
export type Dice = (limit: number) => number;

/** Mulberry32: small, fast, and good enough to choose bytes with. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Words on which a parser of these fields may stumble, whatever field it is. */
const dictionary = [
  ...[
    "bytes ",
    "*",
    "/",
    "-",
    ",",
    ";",
    "=",
    '"',
    "\\",
    "'",
    " ",
    "\t",
    ".",
    "..",
    ":",
    "%",
    "%2e",
    "%00",
    "?",
    "#",
    "@",
  ],
  ...[
    "0",
    "00",
    "-1",
    "+1",
    "1e3",
    "0x10",
    "9007199254740991",
    "9007199254740992",
    "18446744073709551616",
    "999999999999",
  ],
  ...[
    "W/",
    "GMT",
    "UTC",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "29 Feb",
    "31 Dec 9999 23:59:60 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
  ],
  ...[
    "filename",
    "filename*",
    "filename*=UTF-8''",
    "ISO-8859-1''",
    "attachment",
    "\u00c3\u00a4",
    "\u00ff",
    "\u0080",
    "\u007f",
  ],
  ...[
    "http://",
    "https://",
    "//",
    "\\\\",
    "file:",
    "data:,",
    "[::1]",
    "localhost",
    "u:p@",
    ":99999",
    "../../",
    "xn--",
    "%zz",
  ],
  ...[
    "sha256-",
    "sha512-",
    "sha256-AAAA=",
    "gzip",
    "identity",
    "text/html",
    "con",
    "lpt1",
    "\u202e",
    "\ud800",
    "\u0130",
  ],
];

const longest = 4096;

/** A text made of one from the corpus, and now and then another, by a few small accidents. */
export function mutate(corpus: readonly string[], dice: Dice): string {
  const pick = (texts: readonly string[]): string => texts[dice(texts.length)] ?? "";
  let text = pick(corpus);
  for (let times = dice(4) + 1; times > 0; times -= 1) {
    const at = dice(text.length + 1);
    const end = at + dice(Math.min(text.length - at, 32) + 1);
    const [head, piece, tail] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
    const accidents = [
      () => head + String.fromCharCode(piece.charCodeAt(0) ^ (1 << dice(8)) || dice(256)) + piece.slice(1) + tail,
      () => head + String.fromCharCode(dice(256)) + piece + tail,
      () => head + pick(dictionary) + piece + tail,
      () => head + pick(dictionary) + tail,
      () => head + tail,
      () => head + piece.repeat(dice(9) + 1) + tail,
      () => head + pick(corpus).slice(dice(8)),
      () => head + piece.toUpperCase() + tail,
      () => piece + tail + head,
    ];
    text = (accidents[dice(accidents.length)]?.() ?? text).slice(0, longest);
  }
  return text;
}

/** What a header can hold of a text: one character per byte, no line ends. `Headers` trims it. */
export function asFieldValue(text: string): string {
  return text
    .replace(/[\0\r\n]/g, "x")
    .replace(/[^\0-\xff]/g, (character) => String.fromCharCode((character.charCodeAt(0) & 0x7f) | 0x20));
}
