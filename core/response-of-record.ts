import { type RecordRow, type Refusal, type ResponseHead, storedLength } from "../models/record-row.ts";
import type { BodyStore } from "./ports/body-store.ts";
import { asResponseError } from "./spec-errors.ts";

/** A record as a reader sees it: its row now, and a call for each change. */
export interface RecordView {
  row(): Promise<RecordRow | null>;
  /** Whether the records have not been let go yet. */
  available(): boolean;
  /** Whether the whole registration has settled: then a row that is still pending never will. */
  over(): boolean;
  watch(listener: () => void): () => void;
  /** Aborted when nobody will tell of changes any more. */
  readonly closing: AbortSignal;
}

/** Statuses to which the Response constructor allows no body. */
const bodiless = new Set([101, 103, 204, 205, 304]);

/** Fields that speak of the transfer, not of the body that is given out ("create a response": specification). */
const transferFields = new Set(["content-range", "content-length", "transfer-encoding"]);

/**
 * A record's response: at once when its headers are there, its body as the bytes arrive.
 *
 * @throws DOMException `AbortError` if the record was aborted before it had one; `TypeError` if it failed.
 */
export async function responseOfRecord(view: RecordView, bodies: BodyStore): Promise<Response> {
  const row = await until(view, ({ generation, integrity }) => {
    // Fetch gives out no byte of a body that has integrity metadata before all of it is verified.
    return generation !== null && integrity === "";
  });
  const { response, generation, integrity, refusal, state } = row;
  if (refusal !== null) return responseOf(refusal.response, bodyOfRefusal(bodies, refusal));
  const exposed = state === "success" || (state === "pending" && !view.over() && integrity === "");
  if (!exposed || response === null || generation === null) throw unavailable(row);
  return responseOf(response, bodyOf(view, bodies, generation.bodyId));
}

function responseOf({ status, statusText, headers, url }: ResponseHead, stream: ReadableStream): Response {
  const fields = headers.filter(([name]) => !transferFields.has(name.toLowerCase()));
  const body = bodiless.has(status) ? null : stream;
  const response = new Response(body, {
    status,
    statusText,
    headers: fields.map(([name, value]): [string, string] => [name, value]),
  });
  // The constructor has no way to say where a response came from.
  return Object.defineProperty(response, "url", { value: url, enumerable: true });
}

/** What was kept of a response that said no; the rest of a longer one is an error, not an end. */
function bodyOfRefusal(bodies: BodyStore, { bodyId, length, truncated }: Refusal): ReadableStream<Uint8Array> {
  const source = bodies.read(bodyId, { start: 0, end: length })[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const item = await source.next();
        if (!item.done) controller.enqueue(item.value);
        else if (truncated) throw new TypeError("No more was kept of a response that failed");
        else controller.close();
      },
      async cancel() {
        await source.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Pulled from the store: a slow reader costs no memory. Ends with an error when the record does not succeed. */
function bodyOf(view: RecordView, bodies: BodyStore, bodyId: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = 0;
  /** Every byte before it is in the store, or so the row said. */
  let promised = 0;
  let source: AsyncIterator<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          await give(controller);
        } catch (error) {
          throw asResponseError(error);
        }
      },
      async cancel() {
        await source?.return?.();
      },
    },
    { highWaterMark: 0 },
  );

  async function give(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> {
    for (;;) {
      const item = await source?.next();
      if (item !== undefined && !item.done) {
        position += item.value.byteLength;
        controller.enqueue(item.value as Uint8Array<ArrayBuffer>);
        return;
      }
      if (position < promised) throw new TypeError("Bytes of the body are missing in the store");
      const row = await until(view, (now) => now.generation?.bodyId !== bodyId || storedLength(now) > position);
      if (row.generation?.bodyId !== bodyId) throw new TypeError("The response was restarted: match() again");
      if (row.movedOut) throw new TypeError("The body has been moved out of the store");
      const stored = storedLength(row);
      if (stored > position) {
        promised = stored;
        source = bodies.read(bodyId, { start: position, end: stored })[Symbol.asyncIterator]();
      } else if (row.state === "success") return controller.close();
      else throw unavailable(row);
    }
  }
}

/** The row once `ready` says so, or once nothing will change any more. */
async function until(view: RecordView, ready: (row: RecordRow) => boolean): Promise<RecordRow> {
  for (;;) {
    // Watch before looking: a change between the two must not be missed.
    const { changed, stop } = nextChange(view);
    try {
      view.closing.throwIfAborted();
      const row = await view.row();
      if (row === null) throw new TypeError("The record is no longer available");
      if (ready(row) || row.state !== "pending" || view.over()) return row;
      await changed;
    } finally {
      stop();
    }
  }
}

function nextChange(view: RecordView): { readonly changed: Promise<void>; stop(): void } {
  let stop = (): void => undefined;
  const changed = new Promise<void>((resolve) => {
    stop = view.watch(resolve);
  });
  return { changed, stop };
}

function unavailable(row: RecordRow): Error {
  if (row.state === "failure") return new TypeError(`The fetch failed: ${row.failure?.detail ?? "no response"}`);
  return new DOMException("The fetch was aborted", "AbortError");
}
