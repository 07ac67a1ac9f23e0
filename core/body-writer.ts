import type { Body } from "./ports/body-store.ts";
import type { Clock } from "./ports/clock.ts";

export interface BodyWriterOptions {
  readonly clock: Clock;
  readonly writeBytes: number;
  readonly checkpointBytes: number;
  readonly checkpointMs: number;
  /** Commit that every byte before `end` is stored for good. Called only after the sync that covers them. */
  onDurable(end: number): Promise<void>;
}

/** Writes a growing run of bytes in batches, and makes it durable beside the transfer. */
export interface BodyWriter {
  /** Take chunks. Wait for the promise, if there is one, before giving more. @throws What the store threw before. */
  push(chunks: readonly Uint8Array[]): Promise<void> | undefined;
  /** Write, sync and commit all that was taken. @throws What the store threw. */
  flush(): Promise<void>;
  /** Stop the timer. Nothing that was not flushed is promised. */
  stop(): void;
}

/**
 * A writer that starts at `offset`.
 *
 * One write is in flight at a time, one batch gathers behind it, and a sync rolls beside both: batches of 512 KiB
 * given to one `writev` cost half of what 64 KiB ones do, and a rolling sync is cheaper than one at the end
 * (docs/performance.md). What is taken but not yet durable is bounded: one and a half `checkpointBytes`, and what came with
 * the last push.
 */
export function createBodyWriter(body: Body, offset: number, options: BodyWriterOptions): BodyWriter {
  const { clock, checkpointBytes, checkpointMs, onDurable } = options;
  const writeBytes = Math.min(options.writeBytes, Math.ceil(checkpointBytes / 2));
  const ceiling = 1.5 * checkpointBytes;
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let taken = offset;
  let written = offset;
  let durable = offset;
  let writing: Promise<void> | null = null;
  let syncing: Promise<void> | null = null;
  let due = false;
  let timer: unknown = null;
  let fault: { readonly error: unknown } | null = null;

  function startWrite(): void {
    const chunks = gathered;
    const end = written + gatheredBytes;
    gathered = [];
    gatheredBytes = 0;
    writing = body.write(written, chunks).then(() => {
      written = end;
      writing = null;
      if (fault !== null) return;
      if (gatheredBytes >= writeBytes || (due && gatheredBytes > 0)) startWrite();
      if (due || written - durable >= checkpointBytes) startCheckpoint();
    }, failWrite);
  }

  function startCheckpoint(): void {
    if (syncing !== null || fault !== null || written === durable) return;
    const mark = written;
    due = false;
    disarm();
    syncing = body
      .sync()
      .then(() => onDurable(mark))
      .then(() => {
        durable = mark;
        syncing = null;
        if (written - durable >= checkpointBytes) startCheckpoint();
        else arm();
      }, failSync);
  }

  function failWrite(error: unknown): void {
    writing = null;
    fail(error);
  }

  function failSync(error: unknown): void {
    syncing = null;
    fail(error);
  }

  function fail(error: unknown): void {
    fault ??= { error };
    disarm();
  }

  function arm(): void {
    if (timer !== null || durable === taken || fault !== null) return;
    timer = clock.setTimeout(() => {
      timer = null;
      due = true;
      if (writing === null && gatheredBytes > 0) startWrite();
      else if (writing === null) startCheckpoint();
    }, checkpointMs);
  }

  function disarm(): void {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
  }

  const atRisk = (): boolean => taken - durable > ceiling;
  const isFull = (): boolean => gatheredBytes >= writeBytes || atRisk();

  /** Until the batch behind the write in flight has been taken, and not too much would be lost. */
  async function room(): Promise<void> {
    while (fault === null && isFull()) {
      if (writing === null && syncing === null) startCheckpoint();
      await (atRisk() ? (syncing ?? writing) : writing);
    }
    throwFault();
  }

  function throwFault(): void {
    if (fault !== null) throw fault.error;
  }

  return {
    push(chunks) {
      throwFault();
      for (const chunk of chunks) {
        gathered.push(chunk);
        gatheredBytes += chunk.byteLength;
        taken += chunk.byteLength;
      }
      arm();
      if (gatheredBytes >= writeBytes && writing === null) startWrite();
      return isFull() ? room() : undefined;
    },
    async flush() {
      while (fault === null && durable < taken) {
        if (writing !== null) await writing;
        else if (gatheredBytes > 0) startWrite();
        else if (syncing !== null) await syncing;
        else startCheckpoint();
      }
      // Also after a fault: a checkpoint that is under way must not be committed when its exchange has long ended.
      while (writing !== null || syncing !== null) await (writing ?? syncing);
      disarm();
      throwFault();
    },
    stop: disarm,
  };
}
