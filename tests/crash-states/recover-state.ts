import { isWhole } from "../../models/record-row.ts";
import type { RegistrationRow } from "../../models/registration-row.ts";
import { type Acknowledgement, promisedBy } from "./acknowledgement.ts";
import { checkPromises } from "./check-promises.ts";
import {
  contentsOf,
  recordsOf,
  registrationsOf,
  restoreStore,
  type StoreContents,
  whenQuiet,
} from "./restored-store.ts";
import { allFetches } from "./scenario.ts";
import { NoTransport, TrueOrigin } from "./true-origin.ts";
import { insistThat, Violation } from "./violation.ts";

/**
 * Restore the store in the working folder as a new process would, twice, and look at it; `toTheEnd`: then let it go on.
 *
 * @throws Violation if anything is lost, foreign, or does not get to its end.
 */
export async function recoverState(acknowledged: readonly Acknowledgement[], toTheEnd: boolean): Promise<void> {
  const promises = promisedBy(acknowledged);
  const once = await recover();
  checkPromises(once, promises, new Set());
  const twice = await recover();
  const same = once.fingerprint === twice.fingerprint;
  insistThat(same, () => `Recovered once: ${once.fingerprint}; twice: ${twice.fingerprint}`);
  if (!toTheEnd) return;
  const mayFail = neverAgain(twice);
  checkPromises(await goOn(twice, mayFail), promises, mayFail);
}

async function recover(): Promise<StoreContents> {
  const transport = new NoTransport();
  const { engine, ports, faults } = await restoreStore(transport, { startRestored: false });
  try {
    await whenQuiet(ports);
    return await contentsOf(ports);
  } finally {
    await engine.close();
    insistThat(faults.length === 0, () => faults.join("; "));
    insistThat(transport.asked.length === 0, () => `Sent while restoring: ${transport.asked.join()}`);
  }
}

/** Every registration reaches its end, with the right one for each, and nothing stays behind. */
async function goOn(restored: StoreContents, mayFail: ReadonlySet<string>): Promise<StoreContents> {
  const transport = new TrueOrigin();
  const owed = registrationsOf(restored).filter(({ phase }) => phase !== "released");
  const { engine, ports, faults } = await restoreStore(transport, { progressMs: 1 });
  let ended: StoreContents;
  try {
    const waiting = new Set(owed.map(({ uid }) => uid));
    const done = Promise.withResolvers<void>();
    const events: string[] = [];
    const timer = setTimeout(() => done.reject(new Violation(`Stuck: ${[...waiting].join()}`)), 20_000);
    engine.events.on("registration.state", ({ uid, state }) => {
      if (state === "released") waiting.delete(uid);
      if (waiting.size === 0) done.resolve();
    });
    for (const type of ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const) {
      engine.addEventListener(type, ({ registration }) => void events.push(`${registration.id} ${type}`));
    }
    if (waiting.size === 0) done.resolve();
    await done.promise.finally(() => clearTimeout(timer));
    for (const row of owed) {
      const end = mayFail.has(row.id) ? "backgroundfetchfail" : endOf(restored, row);
      const told = events.filter((event) => event.startsWith(`${row.id} `));
      insistThat(told.join() === `${row.id} ${end}`, () => `${row.id} was to end in ${end}: ${told.join()}`);
    }
    const repeated = transport.asked.some((asked) => asked.startsWith("POST") && mayFail.size > 0);
    insistThat(!repeated, () => "A request that must not be repeated was sent again");
    ended = await contentsOf(ports);
  } finally {
    await engine.close();
    insistThat(faults.length === 0, () => faults.join("; "));
  }
  // A body whose name a crash brought back after it was moved out goes with the next start.
  if (straysIn(ended).length > 0) ended = await recover();
  insistThat(straysIn(ended).length === 0, () => `Left behind: ${straysIn(ended).join()}`);
  return ended;
}

/** What must not be there once everything has ended. */
function straysIn({ rows, files }: StoreContents): readonly string[] {
  const records = rows.map(({ key }) => key).filter((key) => key.startsWith("record/"));
  return [...records, ...[...files.keys()].filter((path) => !destinations.has(path))];
}

const destinations: ReadonlySet<string> = new Set(
  allFetches.flatMap(({ records }) => records.flatMap(({ destination }) => destination ?? [])),
);

function endOf(restored: StoreContents, { uid, failureReason }: RegistrationRow): string {
  const records = [...recordsOf(restored, uid).values()];
  const aborted = failureReason === "aborted" || records.some(({ state }) => state === "aborted");
  return aborted ? "backgroundfetchabort" : "backgroundfetchsuccess";
}

/** Whose request must not be repeated, went out, and was not answered whole before the crash: it can only fail. */
function neverAgain(restored: StoreContents): ReadonlySet<string> {
  const failing = registrationsOf(restored).filter(({ uid }) =>
    [...recordsOf(restored, uid).values()].some(
      ({ sent, state, generation }) => sent && state === "pending" && (generation === null || !isWhole(generation)),
    ),
  );
  return new Set(failing.map(({ id }) => id));
}
