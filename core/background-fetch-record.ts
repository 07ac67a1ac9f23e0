import type { RecordRow } from "../models/record-row.ts";
import type { BodyStore } from "./ports/body-store.ts";
import { type RecordView, responseOfRecord } from "./response-of-record.ts";

/** One request of a registration, and its response (specification: `BackgroundFetchRecord`). */
export class BackgroundFetchRecord {
  readonly #row: RecordRow;
  readonly #view: RecordView;
  readonly #bodies: BodyStore;
  #request: Request | undefined;
  #responseReady: Promise<Response> | undefined;

  /** Made by `match()` and `matchAll()` alone. */
  constructor(row: RecordRow, view: RecordView, bodies: BodyStore) {
    this.#row = row;
    this.#view = view;
    this.#bodies = bodies;
  }

  /** A copy of the request as it was given. */
  get request(): Request {
    this.#request ??= requestOf(this.#row, this.#bodies);
    return this.#request;
  }

  /** Resolves as soon as the headers are there; the body is readable while it downloads. */
  get responseReady(): Promise<Response> {
    if (this.#responseReady === undefined) {
      this.#responseReady = responseOfRecord(this.#view, this.#bodies);
      // Whoever never looks at it must not be told of an unhandled rejection.
      this.#responseReady.catch(() => undefined);
    }
    return this.#responseReady;
  }
}

function requestOf(row: RecordRow, bodies: BodyStore): Request {
  const { url, method, requestBody } = row;
  const headers = row.headers.map(([name, value]): [string, string] => [name, value]);
  if (requestBody === null) return new Request(url, { method, headers });
  const source = bodies.read(requestBody.bodyId, { start: 0, end: requestBody.length })[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const item = await source.next();
      if (item.done) controller.close();
      else controller.enqueue(item.value);
    },
  });
  // `duplex` is required for stream bodies (Fetch) and missing from TypeScript's RequestInit.
  return new Request(url, { method, headers, body, duplex: "half" } as RequestInit);
}
