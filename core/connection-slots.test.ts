import { describe, expect, it } from "vitest";
import { createConnectionSlots } from "./connection-slots.ts";

const unaborted = new AbortController().signal;

/** Let every promise that can settle do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("connection slots", () => {
  it("C18 gives so many to an origin, then in the order in which they were asked for", async () => {
    const slots = createConnectionSlots(2);
    const order: number[] = [];
    const releases = [await slots.acquire("a", unaborted), await slots.acquire("a", unaborted)];
    for (const n of [1, 2]) void slots.acquire("a", unaborted).then(() => order.push(n));
    await slots.acquire("b", unaborted);
    await settled();
    expect(order).toEqual([]);

    releases[0]?.();
    releases[0]?.();
    await settled();
    expect(order).toEqual([1]);

    releases[1]?.();
    await settled();
    expect(order).toEqual([1, 2]);
  });

  it("forgets who was aborted while waiting, and throws the reason", async () => {
    const slots = createConnectionSlots(1);
    const release = await slots.acquire("a", unaborted);
    const leaving = new AbortController();
    const refused = slots.acquire("a", leaving.signal);
    const next = slots.acquire("a", unaborted);
    leaving.abort(new Error("enough"));

    await expect(refused).rejects.toThrow("enough");
    release();
    await expect(next).resolves.toBeTypeOf("function");
  });

  it("is crowded when as many wait as may run, and tells when there is room again", async () => {
    const slots = createConnectionSlots(1);
    const release = await slots.acquire("a", unaborted);
    void slots.acquire("a", unaborted);
    const told: string[] = [];
    expect(slots.isCrowded("a")).toBe(true);
    expect(slots.isCrowded("b")).toBe(false);

    slots.whenRoom("a", () => told.push("room"));
    expect(told).toEqual([]);
    release();

    expect(told).toEqual(["room"]);
    expect(slots.isCrowded("a")).toBe(false);
  });
});
