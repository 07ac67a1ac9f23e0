import { setImmediate } from "node:timers/promises";
import { MemoryBodyStore } from "../../../adapters/memory/index.ts";
import type { Body, BodyStore } from "../../../core/ports/index.ts";

/** A body store in memory of which each write takes `turns` turns of the event loop: what it is fed with piles up. */
export function slowBodies(turns: number): BodyStore {
  const bodies = new MemoryBodyStore();
  const create = bodies.create.bind(bodies);
  return Object.assign(bodies, {
    create: async (...args: Parameters<typeof create>) => slowed(await create(...args), turns),
  });
}

function slowed(body: Body, turns: number): Body {
  const write = body.write.bind(body);
  return Object.assign(body, {
    async write(...args: Parameters<typeof write>) {
      for (let turn = 0; turn < turns; turn += 1) await setImmediate();
      return write(...args);
    },
  });
}
