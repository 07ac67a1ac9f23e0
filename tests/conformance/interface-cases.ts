import { type ConformanceCase, finalEvent, rejection, same, thrown } from "./harness.ts";

const members = {
  BackgroundFetchManager: ["fetch", "get", "getIds"],
  BackgroundFetchRegistration: [
    ...["id", "uploadTotal", "uploaded", "downloadTotal", "downloaded", "result", "failureReason"],
    ...["recordsAvailable", "onprogress", "abort", "match", "matchAll"],
  ],
  BackgroundFetchRecord: ["request", "responseReady"],
  BackgroundFetchEvent: ["registration"],
  BackgroundFetchUpdateUIEvent: ["updateUI"],
  ExtendableEvent: ["waitUntil"],
} as const;
const names = Object.keys(members) as (keyof typeof members)[];
const handlers = [
  "onbackgroundfetchsuccess",
  "onbackgroundfetchfail",
  "onbackgroundfetchabort",
  "onbackgroundfetchclick",
] as const;

const idl = "WebIDL, interfaces";

export const interfaceCases: readonly ConformanceCase[] = [
  ...names.map(
    (name) =>
      ({
        clause: `interface ${name}`,
        title: "has its members, enumerable, and its name as string tag",
        async run({ interfaces }) {
          const { prototype } = interfaces[name];
          for (const member of members[name]) {
            const descriptor = Object.getOwnPropertyDescriptor(prototype, member);
            same(descriptor?.enumerable, true, `${member} is there and enumerable`);
            same(descriptor?.configurable, true, `${member} is configurable`);
          }
          same(Reflect.get(prototype, Symbol.toStringTag), name, "the tag");
          same(interfaces[name].name, name, "the name");
        },
      }) satisfies ConformanceCase,
  ),
  ...(["BackgroundFetchManager", "BackgroundFetchRegistration", "BackgroundFetchRecord"] as const).map(
    (name) =>
      ({
        clause: `interface ${name}`,
        title: "has no constructor",
        async run({ interfaces }) {
          same(
            thrown(() => Reflect.construct(interfaces[name], [])),
            "TypeError",
            "new throws",
          );
          same(interfaces[name].length, 0, "its length");
        },
      }) satisfies ConformanceCase,
  ),
  {
    clause: "interface BackgroundFetchRegistration : EventTarget",
    title: "is an EventTarget, and its attributes are read-only",
    async run({ backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", url("/bytes"));
      same(registration instanceof EventTarget, true, "an EventTarget");
      same(Object.prototype.toString.call(registration), "[object BackgroundFetchRegistration]", "as text");
      same(
        thrown(() => Reflect.set(Object.freeze({}), "id", "x")),
        "nothing thrown",
        "sloppy code does not throw",
      );
      same(Reflect.set(registration, "id", "x"), false, "id cannot be set");
      same(registration.id, "film", "id");
    },
  },
  {
    clause: idl,
    title: "methods have as many parameters as they require",
    async run({ interfaces }) {
      const { BackgroundFetchManager: manager, BackgroundFetchRegistration: registration } = interfaces;
      const lengths = [manager.prototype.fetch, manager.prototype.get, manager.prototype.getIds].map((f) => f.length);
      same(lengths, [2, 1, 0], "of the manager");
      const { abort, match, matchAll } = registration.prototype;
      same([abort.length, match.length, matchAll.length], [0, 1, 0], "of the registration");
    },
  },
  {
    clause: idl,
    title: "methods that give promises reject on a wrong this, and getters throw",
    async run({ interfaces, backgroundFetch, url }) {
      const { BackgroundFetchManager: manager, BackgroundFetchRegistration: registration } = interfaces;
      same(await rejection(() => manager.prototype.getIds.call({} as never)), "TypeError", "getIds()");
      same(await rejection(() => manager.prototype.fetch.call({} as never, "a", url("/"))), "TypeError", "fetch()");
      same(await rejection(() => registration.prototype.abort.call({} as never)), "TypeError", "abort()");
      same(
        thrown(() => Reflect.get(registration.prototype, "id")),
        "TypeError",
        "id",
      );
      same(await rejection(() => backgroundFetch.get(Symbol("id") as never)), "TypeError", "a symbol is no string");
    },
  },
  {
    clause: "constructor(DOMString type, BackgroundFetchEventInit init)",
    title: "requires both arguments, and a registration that is one",
    async run({ interfaces: { BackgroundFetchEvent }, backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", url("/bytes"));
      same(BackgroundFetchEvent.length, 2, "its length");
      for (const given of [[], ["x"], ["x", {}], ["x", { registration: {} }], ["x", null], ["x", 5]]) {
        same(
          thrown(() => Reflect.construct(BackgroundFetchEvent, given)),
          "TypeError",
          JSON.stringify(given),
        );
      }
      const event = new BackgroundFetchEvent("x", { registration, bubbles: true });
      same([event.type, event.registration === registration, event.bubbles], ["x", true, true], "what it was given");
    },
  },
  {
    clause: "interface BackgroundFetchUpdateUIEvent : BackgroundFetchEvent",
    title: "inherits from BackgroundFetchEvent, and that from ExtendableEvent and Event",
    async run({ interfaces, backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", url("/bytes"));
      const event = new interfaces.BackgroundFetchUpdateUIEvent("x", { registration });
      same(interfaces.BackgroundFetchUpdateUIEvent.length, 2, "its length");
      same(event instanceof interfaces.BackgroundFetchEvent, true, "a BackgroundFetchEvent");
      same(event instanceof interfaces.ExtendableEvent, true, "an ExtendableEvent");
      same(event instanceof Event, true, "an Event");
    },
  },
  {
    clause: "ServiceWorkerGlobalScope: attribute EventHandler onbackgroundfetch…",
    title: "is null at first, takes functions and objects, and takes anything else for null",
    async run({ scope }) {
      const handle = (): void => {};
      const object = {};
      for (const name of handlers) {
        same(scope[name], null, `${name} at first`);
        for (const value of [handle, object]) {
          Reflect.set(scope, name, value);
          same(scope[name], value, name);
        }
        Reflect.set(scope, name, 5);
        same(scope[name], null, `${name} of a number`);
      }
    },
  },
  {
    clause: "ServiceWorkerGlobalScope: attribute EventHandler onbackgroundfetch…",
    title: "is called in its place among the listeners, also when it was replaced",
    async run(harness) {
      const { scope, backgroundFetch, url } = harness;
      const called: string[] = [];
      scope.onbackgroundfetchsuccess = () => called.push("replaced");
      scope.addEventListener("backgroundfetchsuccess", () => called.push("listener"));
      scope.onbackgroundfetchsuccess = function (this: unknown): void {
        called.push(this === scope ? "handler" : "handler of another");
      };
      const fired = finalEvent(harness, () => undefined);
      await backgroundFetch.fetch("film", url("/bytes"));
      await fired;
      same(called, ["handler", "listener"], "the order");
    },
  },
  {
    clause: "Fire a functional event",
    title: "events do not bubble and cannot be cancelled",
    async run(harness) {
      const fired = finalEvent(harness, ({ bubbles, cancelable }) => [bubbles, cancelable]);
      await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      same(await fired, [false, false], "bubbles and cancelable");
    },
  },
];
