import { originOf, shownUrl } from "../models/url-origin.ts";
import type { BackgroundFetchEventType } from "./background-fetch-event.ts";
import { eventTypeOf } from "./delivery.ts";
import type { EngineServices } from "./engine-services.ts";
import type { Explanation, Reason, RecordExplanation } from "./explanation.ts";
import type { RecordRun } from "./record-run.ts";
import type { RegistrationRun } from "./registration-run.ts";

/** Say why a registration stands where it stands. `listens` tells whether anybody listens for an event. */
export function explain(
  services: EngineServices,
  run: RegistrationRun,
  listens: (type: BackgroundFetchEventType) => boolean,
): Explanation {
  const { row, state, sinceMs, uid } = run;
  const because = reasonOf(run, listens);
  const records = [...run.atWork()].map((record) => explainRecord(services, record));
  const count = row.phase === "active" ? row.records - row.settled - records.length : 0;
  return {
    ...{ id: row.id, uid, state, sinceMs, because, records },
    waiting: count > 0 ? { count, because: reasonToWait(services, run, because) } : null,
  };
}

function reasonOf(run: RegistrationRun, listens: (type: BackgroundFetchEventType) => boolean): Reason {
  const { row, state } = run;
  if (state === "paused") return { type: "paused", by: row.paused ? "request" : "restart" };
  if (state === "paused-offline") return { type: "offline" };
  if (state !== "delivering" && state !== "released") return { type: "transferring" };
  if (row.phase === "active" || state === "released") return { type: "settling" };
  const event = eventTypeOf(row);
  return { type: listens(event) ? "waiting-for-handler" : "waiting-for-listener", event };
}

function reasonToWait({ options, scheduler }: EngineServices, run: RegistrationRun, because: Reason): Reason {
  if (because.type !== "transferring") return because;
  if (scheduler.isFull()) return { type: "waiting-for-turn", limit: options.maxActive };
  const obstacle = run.obstacle();
  if (obstacle === null) return { type: "starting" };
  if (typeof obstacle === "number") return { type: "waiting-for-earlier", count: obstacle };
  return { type: "waiting-for-connection", origin: obstacle, limit: options.perOrigin };
}

function explainRecord({ options }: EngineServices, record: RecordRun): RecordExplanation {
  const { index, url } = record.row();
  const { state } = record.status();
  return {
    ...{ index, url: shownUrl(url), state, sinceMs: record.sinceMs() },
    because: reasonOfRecord(record, options.perOrigin),
  };
}

function reasonOfRecord(record: RecordRun, perOrigin: number): Reason {
  const { url, generation } = record.seen();
  const { state, attempt, backoffMs, failure, deadline } = record.status();
  const origin = originOf(url);
  switch (state) {
    case "backing-off": {
      const untilMs = record.sinceMs() + backoffMs;
      return {
        type: "backing-off",
        untilMs,
        serverAsked: deadline !== null,
        attempt,
        limit: record.retryLimit,
        failure,
      };
    }
    case "paused":
      return { type: "paused", by: "request" };
    case "paused-offline":
      return { type: "offline" };
    case "paused-full":
      return { type: "full" };
    case "exchanging":
      break;
    default:
      return { type: "settling" };
  }
  const step = record.step();
  if (step === "connecting") return { type: "waiting-for-connection", origin, limit: perOrigin };
  if (step === "asking") return { type: "waiting-for-answer", origin };
  if (step === "storing") return { type: "storing" };
  const stored = generation?.received[0]?.end ?? 0;
  return { type: "receiving", stored, total: generation?.representation.total ?? null };
}
