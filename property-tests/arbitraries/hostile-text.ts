import fc from "fast-check";

/** Pieces on which a parser of these headers, names and dates would stumble or backtrack. */
const pieces = [
  ...[
    "bytes ",
    "0",
    "9",
    "-",
    "/",
    "*",
    ",",
    ";",
    "=",
    " ",
    "\t",
    "\\",
    '"',
    '\\"',
    "'",
    ".",
    ":",
    "%2e",
    "%",
    "a",
    "_",
  ],
  ...[
    "W/",
    "GMT",
    "Sun, 06 Nov 1994 ",
    "filename",
    "filename*=UTF-8''",
    ";filename*=ISO-8859-1''",
    ";a=",
    ';a="',
    "\u00c3",
    "\u00ff",
    "?",
    "#",
    "@",
  ],
];

/** Any text that a header can hold, the most hostile of it one piece over and over. One character per byte. */
export function hostileText(length: number): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 8 }));
  const some = fc.array(piece, { maxLength: 12 }).map((all) => all.join(""));
  const repeated = fc
    .tuple(some, fc.array(piece, { minLength: 1, maxLength: 3 }), some)
    .map(([head, middle, tail]) => head + middle.join("").repeat(length).slice(0, length) + tail);
  // Header values hold no NUL and no line ends, and Headers trims them.
  return fc.oneof(some, repeated).map((text) => text.replace(/[\0\r\n]/g, "x"));
}

/** Each piece alone, over and over, and then something else: where a pattern that looks for the end tries from everywhere. */
export function repeatedPieces(length: number): readonly string[] {
  return pieces.flatMap((piece) => {
    const text = piece.repeat(length).slice(0, length);
    return [`${text}x`, `;filename=${text}x`];
  });
}
