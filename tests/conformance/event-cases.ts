import { type ConformanceCase, finalEvent, rejection, same, thrown, until } from "./harness.ts";

const extendable = "ExtendableEvent";
const updates = "updateUI(options)";

export const eventCases: readonly ConformanceCase[] = [
  {
    clause: "Fire a functional event named eventName using eventConstructor",
    title: "success and fail are BackgroundFetchUpdateUIEvents, abort is a BackgroundFetchEvent",
    async run(harness) {
      const { backgroundFetch, interfaces, url } = harness;
      const kinds: Record<string, string> = {};
      for (const [id, path] of [
        ["whole", "/bytes"],
        ["bad", "/bytes?status=404"],
        ["left", "/bytes?after=0&key=a"],
      ] as const) {
        const fired = finalEvent(harness, (event) => {
          kinds[event.type] = event.constructor === interfaces.BackgroundFetchUpdateUIEvent ? "update" : "plain";
        });
        const registration = await backgroundFetch.fetch(id, url(path));
        if (id === "left") await registration.abort();
        await fired;
      }
      same(
        kinds,
        { backgroundfetchsuccess: "update", backgroundfetchfail: "update", backgroundfetchabort: "plain" },
        "which is which",
      );
    },
  },
  {
    clause: `${extendable}: waitUntil(f)`,
    title: "keeps the records until what it was given has settled, also what is given later",
    async run(harness) {
      const first = Promise.withResolvers<void>();
      const second = Promise.withResolvers<void>();
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes?after=0&key=a"));
      const fired = new Promise<void>((resolve) => {
        harness.scope.addEventListener("backgroundfetchsuccess", (event) => {
          event.waitUntil(first.promise);
          void first.promise.then(() => event.waitUntil(second.promise)).then(resolve);
        });
      });
      await fetch(harness.url("/release?key=a"));
      await until(() => registration.result === "success");
      same(registration.recordsAvailable, true, "while the first is awaited");
      first.resolve();
      await fired;
      await new Promise((resolve) => setTimeout(resolve, 20));
      same(registration.recordsAvailable, true, "while the second is awaited");
      second.resolve();
      await until(() => !registration.recordsAvailable);
    },
  },
  {
    clause: `${extendable}: if not active, throw an InvalidStateError`,
    title: "waitUntil() throws once the event has ended, and on an event that was not fired",
    async run(harness) {
      const { interfaces, backgroundFetch, url } = harness;
      const fired = finalEvent(harness, (event) => event);
      const registration = await backgroundFetch.fetch("film", url("/bytes"));
      const event = await fired;
      await until(() => !registration.recordsAvailable);
      same(
        thrown(() => event.waitUntil(Promise.resolve())),
        "InvalidStateError",
        "afterwards",
      );
      const made = new interfaces.BackgroundFetchEvent("x", { registration });
      same(
        thrown(() => made.waitUntil(Promise.resolve())),
        "InvalidStateError",
        "of one's own",
      );
    },
  },
  {
    clause: extendable,
    title: "a handler that throws, rejects, or waits for a rejection harms nobody",
    async run(harness) {
      const { scope, backgroundFetch, url } = harness;
      scope.addEventListener("backgroundfetchsuccess", () => {
        throw new Error("handler");
      });
      scope.addEventListener("backgroundfetchsuccess", async () => {
        throw new Error("async handler");
      });
      scope.addEventListener("backgroundfetchsuccess", (event) => event.waitUntil(Promise.reject(new Error("work"))));
      for (const id of ["one", "two"]) {
        const fired = finalEvent(harness, ({ registration }) => registration.id);
        const registration = await backgroundFetch.fetch(id, url("/bytes"));
        same(await fired, id, "the other handlers hear");
        await until(() => !registration.recordsAvailable);
      }
    },
  },
  {
    clause: extendable,
    title: "a handler that never settles holds up nobody else",
    async run(harness) {
      const { scope, backgroundFetch, url } = harness;
      scope.addEventListener("backgroundfetchsuccess", (event) => {
        if (event.registration.id === "stuck") event.waitUntil(new Promise(() => {}));
      });
      const stuck = await backgroundFetch.fetch("stuck", url("/bytes"));
      await until(() => stuck.result === "success");
      const other = await backgroundFetch.fetch("other", url("/bytes"));
      await until(() => !other.recordsAvailable);
      same(
        [stuck.recordsAvailable, (await backgroundFetch.fetch("stuck", url("/bytes"))).id],
        [true, "stuck"],
        "its id is free",
      );
    },
  },
  {
    clause: "Fire a functional event: at least once",
    title: "an event whose handler had not finished comes again after a restart, of the same kind",
    async run(harness) {
      const begun = new Promise<void>((resolve) => {
        harness.scope.onbackgroundfetchfail = (event) => {
          event.waitUntil(new Promise(() => {}));
          resolve();
        };
      });
      await harness.backgroundFetch.fetch("film", harness.url("/bytes?status=404"));
      await begun;
      await harness.restart();
      const again = finalEvent(harness, async ({ type, registration }) => {
        const [record] = await registration.matchAll();
        return [type, registration.id, registration.failureReason, (await record?.responseReady)?.status];
      });
      same(await again, ["backgroundfetchfail", "film", "bad-status", 404], "the event");
    },
  },
  {
    clause: "Fire a functional event",
    title: "comes once for each fetch when its handler has finished",
    async run(harness) {
      let count = 0;
      harness.scope.onbackgroundfetchsuccess = () => {
        count += 1;
      };
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      await until(() => !registration.recordsAvailable);
      await harness.restart();
      harness.scope.onbackgroundfetchsuccess = () => {
        count += 1;
      };
      const other = await harness.backgroundFetch.fetch("other", harness.url("/bytes"));
      await until(() => !other.recordsAvailable);
      same(count, 2, "one for each");
    },
  },
  {
    clause: updates,
    title: "may be called once; the second call is an InvalidStateError, also after an empty one",
    async run(harness) {
      const fired = finalEvent(harness, async (event) => [
        await event.updateUI(),
        await rejection(() => event.updateUI({ title: "Again" })),
      ]);
      await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      same(await fired, [undefined, "InvalidStateError"], "first and second");
    },
  },
  {
    clause: updates,
    title: "is an InvalidStateError once the event has ended, and on an event that is not trusted",
    async run(harness) {
      const { interfaces, backgroundFetch, url } = harness;
      const fired = finalEvent(harness, (event) => event);
      const registration = await backgroundFetch.fetch("film", url("/bytes"));
      const event = await fired;
      await until(() => !registration.recordsAvailable);
      same(await rejection(() => event.updateUI({ title: "Late" })), "InvalidStateError", "afterwards");
      const made = new interfaces.BackgroundFetchUpdateUIEvent("x", { registration });
      same(await rejection(() => made.updateUI({ title: "Mine" })), "InvalidStateError", "of one's own");
    },
  },
  {
    clause: updates,
    title: "converts its options before anything else, and rejects what is none",
    async run(harness) {
      const fired = finalEvent(harness, async (event) => [
        await rejection(() => event.updateUI(5 as never)),
        await rejection(() => event.updateUI({ icons: [{}] as never })),
        await rejection(() => event.updateUI({ title: "Ready", icons: [{ src: "/ready.png" }] })),
      ]);
      await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      same(await fired, ["TypeError", "TypeError", "no rejection"], "and the one call is not used up");
    },
  },
  {
    clause: "Fire a background fetch click event",
    title: "a click fires backgroundfetchclick with the registration, during the fetch and after it",
    async run(harness) {
      const { scope, interfaces, backgroundFetch, url } = harness;
      const clicks: unknown[] = [];
      scope.onbackgroundfetchclick = (event) =>
        clicks.push(
          event.constructor === interfaces.BackgroundFetchEvent,
          event.registration.id,
          event.registration.result,
        );
      const registration = await backgroundFetch.fetch("film", url("/bytes?after=0&key=a"));
      harness.click("film");
      await until(() => clicks.length === 3);
      const fired = finalEvent(harness, () => undefined);
      await fetch(url("/release?key=a"));
      await fired;
      await until(() => !registration.recordsAvailable);
      harness.click("film");
      await until(() => clicks.length === 6);
      same(clicks, [true, "film", "", true, "film", "success"], "the clicks");
    },
  },
];
