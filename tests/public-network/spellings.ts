/** Every spelling of one IPv4 address that takes 1 to 4 numbers, each decimal, octal or hexadecimal. */
function numericSpellings(address: string): readonly string[] {
  const bytes = address.split(".").map(Number);
  return [1, 2, 3, 4].flatMap((count) => {
    const last = bytes.slice(count - 1).reduce((sum, byte) => sum * 256 + byte, 0);
    const numbers = [...bytes.slice(0, count - 1), last];
    return numbers.reduce<string[]>(
      (heads, number) =>
        heads.flatMap((head) => radixes(number).map((text) => (head === "" ? text : `${head}.${text}`))),
      [""],
    );
  });
}

const radixes = (number: number): string[] => [`${number}`, `0${number.toString(8)}`, `0x${number.toString(16)}`];

/** What the URL parser takes for the same text: other letters, escapes, dots of other scripts. */
function disguises(host: string): readonly string[] {
  const wide = [...host].map((letter) => (letter === "." ? "。" : String.fromCharCode(letter.charCodeAt(0) + 0xfee0)));
  return [
    `${host}.`,
    host.replaceAll(".", "。"),
    host.replaceAll(".", "．"),
    host.replaceAll(".", "｡"),
    wide.join(""),
    [...host].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
    host.toUpperCase().replaceAll("X", "x"),
    `${host.slice(0, 2)}\u00ad${host.slice(2)}`,
    `${host.slice(0, 1)}\u200b${host.slice(1)}`,
  ];
}

/** IPv4 addresses wrapped in IPv6: mapped, translated, compatible, 6to4, Teredo, NAT64 and its local form. */
function wrapped(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
  const prefixes = ["::ffff:", "::ffff:0:", "::", "64:ff9b::", "64:ff9b:1::"];
  return [
    ...prefixes.flatMap((prefix) => [`[${prefix}${address}]`, `[${prefix}${high}:${low}]`]),
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}::]`,
    `[0:0:0:0:0:FFFF:${high}:${low}]`,
  ];
}

const targets = ["127.0.0.1", "10.0.0.1", "169.254.169.254"];
const names = ["localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.localhost.", "%6cocalhost", "ｌocalhost"];

/** URLs whose host is not public, however they are written; those of 127.0.0.1 lead to this port. */
export function urlSpellings(port: number): readonly string[] {
  return [
    ...hostSpellings.map((host) => `http://${host}:${port}/`),
    // Readers who look for the host by themselves take another one.
    ...["#@public.example/", "\\@public.example/", "?@public.example/", "/@public.example", "\\.public.example/"].map(
      (rest) => `http://127.0.0.1:${port}${rest}`,
    ),
    ...["http:\\\\127.0.0.1", "HTTP://127.0.0.1", "http:/127.0.0.1", "http:127.0.0.1", "\thttp://127.0.\n0.1"].map(
      (start) => `${start}:${port}/`,
    ),
  ];
}

const hostSpellings: readonly string[] = [
  ...new Set([
    ...names,
    ...["[::1]", "[0:0:0:0:0:0:0:1]", "[::0001]", "[::]", "0", "0.0.0.0", "0x0", "00", "127.1.2.3", "0x7f.0.0.1."],
    ...targets.flatMap((address) => [...numericSpellings(address), ...disguises(address), ...wrapped(address)]),
    ...[
      "[fe80::1]",
      "[fc00::1]",
      "[fd00:ec2::254]",
      "[ff02::1]",
      "[2001:db8::1]",
      "[3fff::1]",
      "[5f00::1]",
      "[100::1]",
    ],
    ...["192.168.0.1", "172.16.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255"],
    ...["168.63.129.16", "203.0.113.1", "240.0.0.1", "0300.0250.1", "0xac100001", "0xA9FEA9FE", "0251.0376.0251.0376"],
  ]),
];

/** What a name server may answer: an address of every special range, many of some. */
export const answers: readonly string[] = [
  ...["127", "10", "0", "224", "239", "240", "255"].flatMap((net) => series((at) => `${net}.${at}.0.1`)),
  ...["192.168", "172.16", "172.31", "169.254", "198.18", "198.19", "100.64", "100.127", "192.0"].flatMap((net) =>
    net === "192.0" ? ["192.0.0.1", "192.0.0.170", "192.0.2.1"] : series((at) => `${net}.${at}.254`),
  ),
  ...[
    "fc00",
    "fd00",
    "fe80",
    "febf",
    "fec0",
    "ff02",
    "ff0e",
    "2001",
    "2001:db8",
    "2002",
    "64:ff9b:1",
    "100",
    "3fff",
  ].flatMap((net) => series((at) => `${net}::${at.toString(16)}`)),
  ...["::1", "::", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::a00:1"],
  ...["192.88.99.1", "198.51.100.7", "203.0.113.7", "168.63.129.16", "::7f00:1", "fe80::1%1"],
];

function series(address: (at: number) => string): readonly string[] {
  return [0, 1, 2, 3, 9, 16, 77, 127, 128, 200, 254, 255].map(address);
}
