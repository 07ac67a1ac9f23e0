import { Agent } from "undici";
import { describe, expect, it } from "vitest";
import { memoryPorts } from "../../../adapters/memory/index.ts";
import { UndiciTransport } from "../../../adapters/node/index.ts";
import { createEngine, type Engine } from "../../../core/index.ts";
import { createPrivateCa, hasOpenssl } from "../../origin/private-ca.ts";
import type { FaultRequest } from "../fault-request.ts";
import { type Answer, createFaultServer } from "../fault-server.ts";
import { faithful } from "./answers.ts";
import { redirect } from "./redirect-answers.ts";
import { v1 } from "./representations.ts";
import { follow } from "./run-scenario.ts";

const secrets = { authorization: "Bearer canary", cookie: "sid=canary", "x-api-key": "canary", accept: "video/*" };

/** How many fields of a request hold what is nobody's business. */
function canaries({ headers }: FaultRequest): number {
  return [...headers.values()].filter((value) => value.includes("canary")).length;
}

function engineOver(ca?: string): Promise<Engine> {
  const dispatcher = ca === undefined ? undefined : new Agent({ connect: { ca } });
  return createEngine(
    { ...memoryPorts(), transport: new UndiciTransport({ dispatcher }) },
    { retry: { limit: 2, minDelayMs: 1, maxDelayMs: 2 } },
  );
}

describe("a redirect from one server to another", () => {
  // Mutant: compare hosts, not origins.
  it("D4 another port of the same host gets nothing that the caller set but what tells of the file", async () => {
    await using there = await createFaultServer(faithful(v1));
    await using here = await createFaultServer(redirect(302, `${there.url}/file`));
    await using engine = await engineOver();

    const { body } = await follow(engine, `${here.url}/file`, { request: { headers: secrets } });

    expect(body?.equals(v1.body)).toBe(true);
    expect([here, there].flatMap(({ requests }) => requests.map(canaries))).toEqual([3, 0]);
    expect(there.requests[0]?.headers.get("accept")).toBe("video/*");
  });

  it.skipIf(!hasOpenssl)("D4 another scheme of the same host gets nothing either", async () => {
    const { ca, ...tls } = await createPrivateCa();
    await using there = await createFaultServer(faithful(v1), { tls });
    await using here = await createFaultServer(redirect(302, `${there.url}/file`));
    await using engine = await engineOver(ca);

    const { body } = await follow(engine, `${here.url}/file`, { request: { headers: secrets } });

    expect(body?.equals(v1.body)).toBe(true);
    expect([here, there].flatMap(({ requests }) => requests.map(canaries))).toEqual([3, 0]);
  });

  // Mutant: follow https to http.
  it.skipIf(!hasOpenssl)("D6 https is not left for http, and nothing is sent there", async () => {
    const { ca, ...tls } = await createPrivateCa();
    await using there = await createFaultServer(faithful(v1));
    const away: Answer = redirect(302, `${there.url}/file`);
    await using here = await createFaultServer(away, { tls });
    await using engine = await engineOver(ca);

    const { failure } = await follow(engine, `${here.url}/file`, {});

    expect(failure?.code).toBe("redirect-refused");
    expect([here.requests.length, there.requests.length]).toEqual([1, 0]);
  });
});
