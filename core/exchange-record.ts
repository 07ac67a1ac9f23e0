import type { RecordEvent } from "../models/record.machine.ts";
import type { Generation, RecordRow, Refusal, ResponseHead } from "../models/record-row.ts";
import type { ConnectionSlots } from "./connection-slots.ts";
import type { StoredRecord } from "./examine-stored.ts";
import type { Heard } from "./heard.ts";
import type { NotingRecord } from "./note-body.ts";
import type { ResolvedOptions } from "./options.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";

/**
 * How far an exchange is: waiting for a connection, for the journal to note that it is sent, for its header fields, for an
 * answer, for bytes, for the store to take those that came, or for all of them to be stored.
 */
export type ExchangeStep = "connecting" | "noting" | "preparing" | "asking" | "receiving" | "writing" | "storing";

/** What an exchange may know of, and do to, the record it is for. */
export interface ExchangeRecord extends StoredRecord, NotingRecord {
  /** For whoever asks why nothing moves. */
  enter(step: ExchangeStep): void;
  /** It asks this server now: another one after a redirect. */
  enterAsking(origin: string): void;
  /** Commit what is stored for good, and report the receipt. */
  checkpoint(generation: Generation, head: ResponseHead, emit: (event: RecordEvent) => void): Promise<void>;
  /** The response that fails the record, should it fail now: stored, but committed only with the record's end. */
  rememberRefusal(refusal: Refusal): void;
  rememberSent(): Promise<void>;
  rememberMoved(): void;
  /** A port broke, and the work goes on all the same. */
  onFault(error: unknown, during: string): void;
  /** The store broke: what it holds is to be examined again (F4). */
  distrust(): void;
  /** How many stored bytes may be asked for again, to be compared. */
  mostOverlap(): number;
  /** The connection ended before it had brought as many new ones. */
  narrowOverlap(): void;
  /** The earlier generation turned out to be of no use. */
  forgetKept(): Promise<void>;
  /** Room is short: let go of all that is stored but for this body. Gone once it resolves. */
  makeRoom(bodyId: string): Promise<void>;
  /** So many bytes a response wanted to store for which there was no room. */
  rememberNeed(bytes: number): void;
  /** What was remembered last, until more could be stored. */
  needed(): number | null;
  /** The bytes stored are not what was asked for: let them go. How often that has happened. */
  discardGeneration(): Promise<number>;
  /** Whoever waits for the response may have its head, and its bytes as they become durable. */
  announce(arriving: Pick<RecordRow, "response" | "generation"> | null): void;
  rememberUploaded(bytes: number): void;
  /** After how many failed exchanges in a row the next failure is the last. */
  readonly retryLimit: number;
  /** How many bytes of a body may be stored at most, by what the other records of the registration leave of `downloadTotal`. */
  allowance(): number;
  /** Run `work` after every earlier exchange of this record has put its things in order. */
  afterEarlier(work: () => Promise<void>): Promise<void>;
}

export interface ExchangeServices {
  readonly ports: EnginePorts;
  readonly options: ResolvedOptions;
  readonly slots: ConnectionSlots;
  readonly heard: Heard;
  /** Aborted once the engine is closing, with the error that tells so. */
  readonly closing: AbortSignal;
  newBodyId(): string;
}
