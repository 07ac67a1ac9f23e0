import { describe, expect, it } from "vitest";
import { memoryPorts } from "../../adapters/memory/index.ts";
import type { Body } from "../../core/ports/index.ts";
import { spoolBodies } from "../../core/spool.ts";

type Services = Parameters<typeof spoolBodies>[0];
type Stream = ReadableStream<Uint8Array>;

/** Only what spooling needs of an engine's services. */
function services(ports: Partial<ReturnType<typeof memoryPorts>> = {}): Services & { close(): void } {
  const closing = new AbortController();
  let count = 0;
  return {
    ports: { ...memoryPorts(), ...ports },
    closing: closing.signal,
    newBodyId: () => String(count++).padStart(32, "0"),
    close: () => closing.abort(new Error("closed")),
  } as unknown as Services & { close(): void };
}

/** Never ends; `cancelled` tells when it was let go. */
function endless(): { readonly stream: Stream; readonly cancelled: Promise<unknown> } {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  return { stream: new ReadableStream({ pull: () => new Promise(() => {}), cancel: resolve }), cancelled: promise };
}

const failing = (): Stream => new ReadableStream({ pull: (controller) => controller.error(new Error("no more")) });

describe("spooling the bodies of requests", () => {
  // Mutants: cancel only those that are being read; wait for the others before failing.
  it("one that fails lets go of forty that never end", async () => {
    const others = Array.from({ length: 40 }, endless);

    await expect(spoolBodies(services(), [failing(), ...others.map(({ stream }) => stream)], () => {})).rejects.toThrow(
      TypeError,
    );

    await Promise.all(others.map(({ cancelled }) => cancelled));
  });

  // Mutant: begin to read without looking whether another has failed.
  it("none is begun once one has failed", async () => {
    const failed = Promise.withResolvers<void>();
    const ports = memoryPorts();
    const create = ports.bodies.create.bind(ports.bodies);
    // A body that is made durable only after another one has failed.
    ports.bodies.create = async (bodyId): Promise<Body> => {
      const body = await create(bodyId);
      return Object.assign(Object.create(body), {
        write: body.write.bind(body),
        sync: () => failed.promise.then(() => body.sync()),
        [Symbol.asyncDispose]: () => body[Symbol.asyncDispose](),
      });
    };
    const short = new Response("short").body;
    const rest = Array.from({ length: 20 }, endless);

    const refused = spoolBodies(services(ports), [short, failing(), ...rest.map(({ stream }) => stream)], () => {});
    const ended = expect(refused).rejects.toThrow(TypeError);
    await rest[0]?.cancelled;
    failed.resolve();

    await ended;
    await Promise.all(rest.map(({ cancelled }) => cancelled));
  });

  it("ends with the engine, whatever the streams do", async () => {
    const engine = services();
    const { stream, cancelled } = endless();
    const spooling = expect(spoolBodies(engine, [stream], () => {})).rejects.toThrow("closed");

    engine.close();

    await spooling;
    await cancelled;
  });
});
