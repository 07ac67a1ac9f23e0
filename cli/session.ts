import type { BackgroundFetchRegistration, RegistrationRow } from "../core/index.ts";
import { answerControl } from "./answer-control.ts";
import type { ExitCode } from "./complaint.ts";
import { serveControl } from "./control/control-server.ts";
import { explanationLines } from "./explanation-words.ts";
import { failureReport } from "./failure-report.ts";
import { createFollowing, type FollowStart, followStartOf } from "./following.ts";
import { watchInterrupt } from "./interrupt.ts";
import { openNotifier } from "./open-notifier.ts";
import { type OpenStore, openStore } from "./open-store.ts";
import { openView } from "./open-view.ts";
import { resumeHint } from "./resume-hint.ts";
import type { RunOptions } from "./run-options.ts";
import { salvageWords } from "./salvage-words.ts";
import { showEngine } from "./show-engine.ts";
import type { ShownEvent } from "./shown-event.ts";

/** What a command that transfers may do: begin downloads, which the session then follows to their end. */
export interface Session {
  readonly store: OpenStore;
  /** Follow the download that `work` begins, from its first state on. */
  begin(start: FollowStart, work: () => Promise<BackgroundFetchRegistration>): Promise<void>;
  /** Go on with a download that is active in the store, and follow it. */
  resume(row: RegistrationRow): Promise<void>;
  show(event: ShownEvent): void;
}

/**
 * Run the store until every download that `plan` began has ended, or the user interrupts.
 *
 * Interrupted, it pauses what it follows; that is durable before this resolves.
 *
 * @throws Complaint from `plan`.
 * @throws LonghaulError if the store cannot be opened, or breaks.
 */
export async function runSession(
  directory: string,
  options: RunOptions,
  plan: (session: Session) => Promise<void>,
): Promise<ExitCode> {
  using interrupt = watchInterrupt();
  process.stdout.on("error", () => interrupt.ask());
  const { connections, retries, network } = options;
  const limits = connections === undefined ? {} : { perOrigin: connections, maxActive: Math.max(64, 2 * connections) };
  const view = await openView(options);
  const show = (event: ShownEvent): void => view.show(event);
  const following = createFollowing(show);
  const lines: string[] = [];
  let exitCode: ExitCode;
  try {
    const say = (text: string): void => show({ type: "note", text });
    const notifier = await openNotifier(options, say);
    const engineOptions = { retry: { limit: retries }, notifier, network, ...limits };
    await using store = await openStore(directory, engineOptions, following.delivered);
    const { salvage } = store.engine;
    if (salvage !== null) say(salvageWords(salvage));
    store.engine.onbackgroundfetchclick = async ({ registration }) => {
      const explanation = await store.engine.explain(registration.id);
      for (const line of explanation === undefined ? [] : explanationLines(explanation)) say(line);
    };
    const broken = showEngine(store.engine, following, show);
    const session: Session = {
      store,
      show,
      begin: (start, work) => following.begin(start, work),
      async resume(row) {
        const registration = await store.engine.backgroundFetch.get(row.id);
        if (registration === undefined) return;
        // Whoever is followed already was only paused.
        if (following.has(row.id)) return registration.resume();
        await following.begin(followStartOf(row), async () => {
          await registration.resume();
          return registration;
        });
      },
    };
    await using _control = await serveControl(directory, (request) => answerControl(session, request)).catch(
      (error: Error) => {
        // A file system without sockets is no reason not to download: only other terminals cannot reach this one.
        show({ type: "fault", code: null, message: error.message, during: "opening the control socket" });
        return null;
      },
    );
    await plan(session);
    await Promise.race([following.ended(), interrupt.asked, broken]);
    exitCode = interrupt.wasAsked && following.unfinished().length > 0 ? 130 : following.exitCode();
    await following.pauseAll();
    for (const result of following.results()) lines.push(...(await failureReport(store, result)));
  } finally {
    view.close();
  }
  for (const line of lines) process.stderr.write(`${line}\n`);
  const left = following.unfinished();
  const [id, ...others] = left;
  if (id !== undefined) {
    const command = others.length === 0 ? resumeHint(directory, id) : resumeHint(directory, null);
    process.stderr.write(`Paused. Go on with the same command again, or with: ${command}\n`);
  }
  return exitCode;
}
