import type { RequestListener } from "node:http";
import { join } from "node:path";
import type { NodeEngineOptions } from "../../adapters/node/index.ts";
import type { BackgroundFetchEvent } from "../../core/index.ts";
import { createFixture } from "../engine/fixture.ts";
import { type Canary, canaries } from "./canaries.ts";
import { atRest, witnessOf } from "./witness.ts";

/** What a run showed, and to whom. */
export interface Shown {
  readonly result: string;
  /** In events, explanations, errors. */
  readonly told: readonly Canary[];
  /** In the files of the store, when the records had ended and before they were let go. */
  readonly stored: ReadonlyMap<Canary, readonly string[]>;
  /** The URL of the response, where there was one. */
  readonly responseUrl: string | null;
  readonly setCookie: readonly string[];
}

/** The request that holds a secret in each place that a request has. */
export function secretRequest(url: string, init: RequestInit = {}): Request {
  return new Request(`${url}?token=${canaries.queryToken}#${canaries.fragment}`, {
    ...init,
    headers: { authorization: canaries.authorization, cookie: canaries.cookie, "x-api-key": canaries.apiKey },
  });
}

/** Fields with which every server of these tests answers. */
export const secretFields = { "set-cookie": `s=${canaries.setCookie}`, "x-auth-token": canaries.authToken };

/** A redirect to a signed URL. */
export function redirectTo(location: string, status = 302): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { location: `${location}?signature=${canaries.signature}`, ...secretFields }).end();
  };
}

/** Fetch one request to its end, and look everywhere meanwhile. Where it never ends, `until` says when to give it up. */
export async function runSecretly(
  request: Request,
  options: Partial<NodeEngineOptions> = {},
  giveUp: (state: string) => boolean = () => false,
): Promise<Shown> {
  await using fixture = await createFixture();
  const engine = await fixture.restart({
    headers: () => ({ "x-provided": canaries.provided }),
    retry: { minDelayMs: 1, maxDelayMs: 5, limit: 3 },
    ...options,
  });
  const witness = witnessOf(engine);
  const looks: Promise<void>[] = [];
  engine.events.on("record.state", ({ id, state }) => {
    looks.push(engine.explain(id).then(witness.note));
    if (giveUp(state)) looks.push(engine.backgroundFetch.get(id).then((found) => void found?.abort()));
  });
  let stored: Shown["stored"] = new Map();
  let responseUrl: string | null = null;
  let setCookie: readonly string[] = [];

  const result = await new Promise<string>((resolve, reject) => {
    const look = async ({ type, registration }: BackgroundFetchEvent): Promise<void> => {
      stored = await atRest(join(fixture.folder, "store"));
      witness.note(await engine.explain(registration.id));
      for (const record of await registration.matchAll()) {
        const response = await record.responseReady.catch((error: unknown) => void witness.note(error));
        responseUrl = response?.url ?? null;
        setCookie = response?.headers.getSetCookie() ?? [];
      }
      resolve(type.replace("backgroundfetch", ""));
    };
    for (const type of ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const) {
      engine.addEventListener(type, (event) =>
        (event as BackgroundFetchEvent).waitUntil(look(event as BackgroundFetchEvent)),
      );
    }
    engine.backgroundFetch.fetch("secret", request).catch(reject);
  });
  await Promise.all(looks);
  return { result, told: witness.told(), stored, responseUrl, setCookie };
}
