import type { ControlAnswer, ControlRequest } from "./control/control-protocol.ts";
import { abortDownload, endedAlready, pauseDownload } from "./control-commands.ts";
import { expectRow } from "./find-row.ts";
import { retryDownload } from "./retry-download.ts";
import type { Session } from "./session.ts";

/** Do what another process asks of the one that runs the store. @throws Complaint if it cannot be. */
export async function answerControl(session: Session, request: ControlRequest): Promise<ControlAnswer> {
  const { store } = session;
  switch (request.command) {
    case "states":
      return { ok: true, said: "", states: await states(session) };
    case "explain":
      return { ok: true, said: "", explanation: await store.engine.explain(request.id) };
    case "pause":
      return { ok: true, said: await pauseDownload(store, request.id) };
    case "abort":
      return { ok: true, said: await abortDownload(store, request.id) };
    case "resume":
      return { ok: true, said: await resumeDownload(session, request.id) };
  }
}

async function resumeDownload(session: Session, id: string): Promise<string> {
  const { engine, reader } = session.store;
  const row = await expectRow(reader, id);
  const registration = await engine.backgroundFetch.get(id);
  if (registration !== undefined) await session.resume(row);
  else if (row.retained) await retryDownload(session, row);
  else throw endedAlready(row, "resume");
  return `"${id}" goes on in process ${process.pid}.`;
}

async function states({ store }: Session): Promise<{ readonly [id: string]: string }> {
  const { backgroundFetch } = store.engine;
  const found: [string, string][] = [];
  for (const id of await backgroundFetch.getIds()) {
    const registration = await backgroundFetch.get(id);
    if (registration !== undefined) found.push([id, registration.state]);
  }
  return Object.fromEntries(found);
}
