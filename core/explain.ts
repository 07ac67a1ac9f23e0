import { originOf, shownUrl } from "../models/url-origin.ts";
import { eventTypeOf } from "./delivery.ts";
import type { EngineServices } from "./engine-services.ts";
import type { Explanation, Reason, RecordExplanation } from "./explanation.ts";
import type { RecordRun } from "./record-run.ts";
import type { RegistrationRun } from "./registration-run.ts";

/** Say why a registration stands where it stands. */
export function explain(services: EngineServices, run: RegistrationRun): Explanation {
  const { row, state, sinceMs, uid } = run;
  const because = reasonOf(run);
  const records = [...run.atWork()].map((record) => explainRecord(services, record));
  const count = row.phase === "active" ? row.records - row.settled - records.length : 0;
  return {
    ...{ id: row.id, uid, state, sinceMs, because, records },
    waiting: count > 0 ? { count, because: reasonToWait(services, run, because) } : null,
  };
}

function reasonOf(run: RegistrationRun): Reason {
  const { row, state, telling } = run;
  if (state === "paused") return { type: "paused", by: row.paused ? "request" : "restart" };
  if (state === "paused-offline") return { type: "offline" };
  if (state !== "delivering" && state !== "released") return { type: "transferring" };
  if (telling === null) return { type: "settling" };
  return { type: `waiting-for-${telling}`, event: eventTypeOf(row) };
}

function reasonToWait({ options, scheduler }: EngineServices, run: RegistrationRun, because: Reason): Reason {
  if (because.type !== "transferring") return because;
  const obstacle = run.obstacle();
  if (typeof obstacle === "number") return { type: "waiting-for-earlier", count: obstacle };
  // Also where it is nobody's turn: those that have one may wait for the same connections.
  if (obstacle !== null) return { type: "waiting-for-connection", origin: obstacle, limit: options.perOrigin };
  return scheduler.isFull() ? { type: "waiting-for-turn", limit: options.maxActive } : { type: "starting" };
}

function explainRecord(services: EngineServices, record: RecordRun): RecordExplanation {
  const { index, url } = record.row();
  const { state } = record.status();
  return {
    ...{ index, url: shownUrl(url), state, sinceMs: record.sinceMs() },
    because: reasonOfRecord(services, record),
  };
}

function reasonOfRecord({ slots, options, ports }: EngineServices, record: RecordRun): Reason {
  const { url, generation, requestBody, uploaded } = record.seen();
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
  if (step === "connecting") {
    return slots.isBusy(origin)
      ? { type: "waiting-for-connection", origin, limit: options.perOrigin }
      : { type: "starting" };
  }
  if (step === "asking") {
    const total = requestBody?.length ?? 0;
    const isSending = ports.transport.supports.uploadProgress && uploaded < total;
    return isSending
      ? { type: "sending", uploaded, total }
      : { type: "waiting-for-answer", origin: record.asked() ?? origin };
  }
  if (step === "noting") return { type: "starting" };
  if (step === "preparing") return { type: "waiting-for-headers" };
  if (step === "writing" || step === "storing") return { type: "storing" };
  const stored = generation?.received[0]?.end ?? 0;
  return { type: "receiving", stored, total: generation?.representation.total ?? null };
}
