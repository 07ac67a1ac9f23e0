import type { RecordRow } from "../models/record-row.ts";
import type { RecordProgress } from "./engine-events.ts";
import type { BodyStore } from "./ports/body-store.ts";
import { progressOf } from "./progress-notice.ts";
import { type RecordView, responseOfRecord } from "./response-of-record.ts";
import { asResponseError, invalidState } from "./spec-errors.ts";
import { assertInternal, defineInterface } from "./webidl/interface.ts";

/** One request of a registration, and its response (specification: `BackgroundFetchRecord`). */
export class BackgroundFetchRecord {
  readonly #row: RecordRow;
  readonly #view: RecordView;
  readonly #bodies: BodyStore;
  #request: Request | undefined;
  #responseReady: Promise<Response> | undefined;

  /** Made by `match()` and `matchAll()` alone. */
  constructor(token: symbol, row: RecordRow, view: RecordView, bodies: BodyStore) {
    assertInternal(token);
    this.#row = row;
    this.#view = view;
    this.#bodies = bodies;
  }

  /** A copy of the request as it was given, with its body. */
  get request(): Request {
    this.#request ??= requestOf(this.#row, this.#bodies);
    return this.#request;
  }

  /** Resolves as soon as the headers are there; the body is readable while it downloads. */
  get responseReady(): Promise<Response> {
    if (this.#responseReady === undefined) {
      this.#responseReady = responseOfRecord(this.#view, this.#bodies).catch((error: unknown) => {
        throw asResponseError(error);
      });
      // Whoever never looks at it must not be told of an unhandled rejection.
      this.#responseReady.catch(() => undefined);
    }
    return this.#responseReady;
  }

  /**
   * Extension: how far this record is.
   *
   * @throws DOMException `InvalidStateError` once the records were let go.
   */
  async progress(): Promise<RecordProgress & Pick<RecordRow, "state" | "uploaded" | "failure">> {
    const row = this.#view.available() ? await this.#view.row() : null;
    if (row === null) throw invalidState("The records are no longer available");
    const { state, uploaded, failure } = row;
    return { ...progressOf(row), state, uploaded, failure };
  }
}

defineInterface("BackgroundFetchRecord", BackgroundFetchRecord, 0);

function requestOf(row: RecordRow, bodies: BodyStore): Request {
  const { url, method, integrity, requestBody } = row;
  const headers = row.headers.map(([name, value]): [string, string] => [name, value]);
  const init = { method, headers, integrity, ...row.settings } as RequestInit;
  if (requestBody === null) return new Request(url, init);
  const source = bodies.read(requestBody.bodyId, { start: 0, end: requestBody.length })[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const item = await source.next();
      if (item.done) controller.close();
      else controller.enqueue(item.value);
    },
  });
  // `duplex` is required for stream bodies (Fetch) and missing from TypeScript's RequestInit.
  return new Request(url, { ...init, body, duplex: "half" } as RequestInit);
}
