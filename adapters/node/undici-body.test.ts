import { describe, expect, it } from "vitest";
import { type BodyFlow, createPulledBody, pauseAbove } from "./undici-body.ts";

/** A flow that writes down how it was steered. */
function recorded(): BodyFlow & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    pause: () => void calls.push("pause"),
    resume: () => void calls.push("resume"),
    stop: () => void calls.push("stop"),
    check: () => {},
  };
}

describe("a pulled body", () => {
  it("hands over the very chunks that arrived, all at once", async () => {
    const { body, push } = createPulledBody(recorded());
    const chunks = [Uint8Array.of(1), Uint8Array.of(2, 3)];

    for (const chunk of chunks) push(chunk);
    const { value = [] } = await body.next();

    expect(value.length).toBe(2);
    expect(value[0]).toBe(chunks[0]);
    expect(value[1]).toBe(chunks[1]);
  });

  it("serves a reader who waits with all the chunks of one turn", async () => {
    const { body, push } = createPulledBody(recorded());

    const pulling = body.next();
    for (let count = 0; count < 5; count += 1) push(Uint8Array.of(count));

    expect((await pulling).value?.length).toBe(5);
  });

  it("serves readers who do not wait for each other in turn", async () => {
    const { body, push, end } = createPulledBody(recorded());

    const pulls = [body.next(), body.next(), body.next()];
    push(Uint8Array.of(1));
    await pulls[0];
    push(Uint8Array.of(2));
    await pulls[1];
    end();

    expect((await Promise.all(pulls)).map(({ value }) => value?.[0]?.[0])).toEqual([1, 2, undefined]);
  });

  it("pauses the flow once above its limit, and resumes it with the next pull", async () => {
    const flow = recorded();
    const { body, push } = createPulledBody(flow);

    push(new Uint8Array(pauseAbove));
    push(new Uint8Array(pauseAbove));
    expect(flow.calls).toEqual(["pause"]);
    await body.next();
    expect(flow.calls).toEqual(["pause", "resume"]);
    push(new Uint8Array(pauseAbove));

    expect(flow.calls).toEqual(["pause", "resume", "pause"]);
  });

  // Mutant: weigh a chunk by its bytes alone. A million objects would be held for one MiB.
  it("pauses a flood of one-byte chunks long before their bytes reach the limit", () => {
    const flow = recorded();
    const { push } = createPulledBody(flow);

    for (let count = 0; count < 10_000; count += 1) push(Uint8Array.of(0));

    expect(flow.calls).toEqual(["pause"]);
  });

  it("gives what was held before it throws, and nothing afterwards", async () => {
    const { body, push, fail } = createPulledBody(recorded());
    const error = new Error("cut");

    push(Uint8Array.of(1));
    fail(error);

    expect((await body.next()).value?.length).toBe(1);
    await expect(body.next()).rejects.toBe(error);
    expect(await body.next()).toEqual({ done: true, value: undefined });
  });

  it("keeps nothing back from an end that comes while it is resumed", async () => {
    let source: ReturnType<typeof createPulledBody> | null = null;
    const flow = { ...recorded(), resume: () => [source?.push(Uint8Array.of(7)), source?.end()] };
    source = createPulledBody(flow as unknown as BodyFlow);

    source.push(new Uint8Array(pauseAbove + 1));
    const lengths: number[] = [];
    for await (const chunks of source.body) lengths.push(...chunks.map(({ byteLength }) => byteLength));

    expect(lengths).toEqual([pauseAbove + 1, 1]);
  });

  it("stops the flow when its reader stops, even a reader who never pulled", async () => {
    const flow = recorded();
    const { body, push } = createPulledBody(flow);

    push(Uint8Array.of(1));
    await body.return?.();
    push(Uint8Array.of(2));

    expect(flow.calls).toEqual(["stop"]);
    expect((await body.next()).done).toBe(true);
  });
});
