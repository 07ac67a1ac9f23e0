import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { judge, type Outcome } from "../../bench/compare-resume/outcome.ts";
import type { Scenario } from "../../bench/compare-resume/scenario.ts";
import { scenarios } from "../../bench/compare-resume/scenarios/index.ts";
import { createScenarioServer } from "../../bench/compare-resume/server.ts";

interface Received {
  readonly status: number;
  readonly bytes: Buffer;
  /** Whether the body came to its end. */
  readonly whole: boolean;
}

/** Ask once, with these fields, and keep whatever comes. Redirects are followed. */
function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers: fields } = response;
      if (fields.location !== undefined) {
        response.resume();
        resolve(ask(new URL(fields.location, url).href, headers));
        return;
      }
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => undefined);
      response.on("close", () => resolve({ status, bytes: Buffer.concat(chunks), whole: response.complete }));
    }).on("error", reject);
  });
}

/** Goes on as most do: asks for the rest, and puts what comes behind what it has. Five requests at most. */
async function blind(url: string): Promise<Buffer | null> {
  let held = Buffer.alloc(0);
  for (let request = 0; request < 5; request += 1) {
    const { status, bytes, whole } = await ask(url, held.length > 0 ? { range: `bytes=${held.length}-` } : {});
    if (status >= 300) continue;
    held = Buffer.concat([held, bytes]);
    if (whole) return held;
  }
  return null;
}

/** Keeps nothing: asks for the whole, until one comes to its end. */
async function afresh(url: string): Promise<Buffer | null> {
  for (let request = 0; request < 5; request += 1) {
    const { status, bytes, whole } = await ask(url);
    if (status === 200 && whole) return bytes;
  }
  return null;
}

async function outcomesOf(client: (url: string) => Promise<Buffer | null>): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const scenario of scenarios) {
    await using server = await createScenarioServer(scenario);
    const bytes = await client(server.url);
    outcomes[scenario.name] = bytes === null ? "error" : judge(bytes, scenario.right).outcome;
  }
  return outcomes;
}

const named = (outcomes: Record<string, Outcome>, wanted: Outcome): string[] =>
  Object.keys(outcomes).filter((name) => outcomes[name] === wanted);

function scenarioOf(name: string): Scenario {
  const found = scenarios.find((each) => each.name === name);
  if (found === undefined) throw new Error(`No scenario ${name}`);
  return found;
}

describe("the resume scenarios", () => {
  it("are 24 of different names, three of which nobody can end well", () => {
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(24);
    expect(scenarios.filter(({ right }) => right === null).map(({ name }) => name)).toEqual([
      "never finishes",
      "gone",
      "captive portal for ever",
    ]);
  });

  // Mutant: take the first cut out of the server.
  it("break the first answer after 300 KiB, and it is the old file until there", async () => {
    for (const scenario of scenarios) {
      await using server = await createScenarioServer(scenario);

      const { status, bytes, whole } = await ask(server.url);

      expect([status, whole, bytes.length], scenario.name).toEqual([200, false, 300 * 1024]);
      expect(bytes.equals(scenario.begins.bytes.subarray(0, bytes.length)), scenario.name).toBe(true);
    }
  });

  // Mutants: judge by the length alone; give both versions of the file the same bytes.
  it("catch who puts together whatever comes", async () => {
    const outcomes = await outcomesOf(blind);

    expect(named(outcomes, "right")).toEqual(["same file", "no length", "503 once", "moved"]);
    expect(named(outcomes, "error")).toEqual(["shrank", "ranges refused", "never finishes", "gone"]);
    expect(named(outcomes, "silent")).toHaveLength(16);
  });

  // Mutant: answer 503 for ever.
  it("can all be ended well by who starts again, but for what looks like the file and is a login page", async () => {
    const outcomes = await outcomesOf(afresh);

    expect(named(outcomes, "silent")).toEqual(["captive portal once", "captive portal for ever"]);
    expect(named(outcomes, "error")).toEqual(["never finishes", "gone"]);
  });

  // Mutant: answer everybody as the server does that knows no preconditions.
  it.each([
    { name: "changed", field: "if-range", value: '"first"', status: 200 },
    { name: "changed", field: "if-match", value: '"first"', status: 412 },
    { name: "changed, date only", field: "if-range", value: "Mon, 02 Nov 2026 10:00:00 GMT", status: 200 },
    { name: "changed, weak ETag", field: "if-range", value: 'W/"second"', status: 200 },
    { name: "changed, If-Range ignored", field: "if-range", value: '"first"', status: 206 },
    { name: "same file", field: "if-range", value: '"first"', status: 206 },
  ])("$name: a range with $field $value is answered with $status", async ({ name, field, value, status }) => {
    await using server = await createScenarioServer(scenarioOf(name));
    await ask(server.url);

    const answer = await ask(server.url, { range: "bytes=307200-", [field]: value });

    expect(answer.status).toBe(status);
  });
});
