import { type ConformanceCase, rejection, same } from "./harness.ts";

const clause = "dictionary BackgroundFetchOptions : BackgroundFetchUIOptions";

export const fetchOptionCases: readonly ConformanceCase[] = [
  {
    clause,
    title: "may be left out, undefined, null or a function, and nothing else that is no object",
    async run({ backgroundFetch, url }) {
      for (const [at, options] of [undefined, null, () => undefined, {}].entries()) {
        same(
          await rejection(() => backgroundFetch.fetch(`${at}`, url("/bytes"), options as never)),
          "no rejection",
          `${at}`,
        );
      }
      for (const options of [5, "text", true, Symbol("x")]) {
        same(
          await rejection(() => backgroundFetch.fetch("x", url("/bytes"), options as never)),
          "TypeError",
          String(options),
        );
      }
    },
  },
  {
    clause,
    title: "are read in WebIDL's order, before the requests are checked",
    async run({ backgroundFetch }) {
      const read: string[] = [];
      const options = new Proxy(
        {},
        {
          get(_, name) {
            read.push(String(name));
            return undefined;
          },
        },
      );
      same(await rejection(() => backgroundFetch.fetch("film", [], options)), "TypeError", "no requests");
      same(read.slice(0, 3), ["icons", "title", "downloadTotal"], "what was read first");
    },
  },
  {
    clause: "unsigned long long downloadTotal = 0",
    title: "is converted as WebIDL has it",
    async run({ backgroundFetch, url }) {
      const held = url("/bytes?after=0&key=a");
      const cases = [
        ["5", 5],
        [5.9, 5],
        [Number.NaN, 0],
        [-0.5, 0],
        [true, 1],
        [-1, 2 ** 64],
        [null, 0],
      ] as const;
      for (const [given, expected] of cases) {
        const registration = await backgroundFetch.fetch(String(given), held, { downloadTotal: given as never });
        same(registration.downloadTotal, expected, String(given));
      }
      same(await rejection(() => backgroundFetch.fetch("x", held, { downloadTotal: 1n as never })), "TypeError", "1n");
    },
  },
  {
    clause: "sequence<ImageResource> icons",
    title: "is a sequence of dictionaries that each have a src",
    async run({ backgroundFetch, url }) {
      const held = url("/bytes?after=0&key=a");
      const ask = (icons: unknown) => () => backgroundFetch.fetch("film", held, { icons: icons as never });
      for (const icons of [5, {}, null, "text", [5], [{}], [{ sizes: "1x1" }]]) {
        same(await rejection(ask(icons)), "TypeError", JSON.stringify(icons));
      }
      same(await rejection(ask([{ src: "/poster.png", type: "image/png", label: "Poster" }])), "no rejection", "one");
    },
  },
  {
    clause: "DOMString title",
    title: "is converted to a string",
    async run({ backgroundFetch, url }) {
      const held = url("/bytes?after=0&key=a");
      same(await rejection(() => backgroundFetch.fetch("a", held, { title: 5 as never })), "no rejection", "a number");
      same(
        await rejection(() => backgroundFetch.fetch("b", held, { title: Symbol("t") as never })),
        "TypeError",
        "a symbol",
      );
    },
  },
];
