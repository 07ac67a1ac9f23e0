import { type Codings, isTransportError } from "../../core/ports/index.ts";
import { type CodedSample, codedSamples, plain } from "./coded-samples.ts";
import { type ContractCase, check, rejection } from "./contract.ts";

/** Where an implementation of content codings meets its contract. */
export interface CodingsHarness {
  readonly name: string;
  /** As in `supports.codings` of what `open` gives. */
  readonly codings: readonly string[];
  /** As in `supports.members`. */
  readonly members: boolean;
  open(): Promise<Codings>;
}

/** A body of which one knows how much was pulled, and whether it was stopped. */
export class WatchedBody implements AsyncIterableIterator<readonly Uint8Array[]> {
  pulls = 0;
  stops = 0;
  readonly #item: (pull: number) => Promise<readonly Uint8Array[] | null> | readonly Uint8Array[] | null;

  /** @param item what pull `n` gives, from 0; `null` at the end. */
  constructor(item: (pull: number) => Promise<readonly Uint8Array[] | null> | readonly Uint8Array[] | null) {
    this.#item = item;
  }

  async next(): Promise<IteratorResult<readonly Uint8Array[], undefined>> {
    const value = await this.#item(this.pulls++);
    return value === null ? { done: true, value: undefined } : { done: false, value };
  }

  async return(): Promise<IteratorResult<readonly Uint8Array[], undefined>> {
    this.stops += 1;
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** A body of these items. */
export function bodyOf(...items: readonly (readonly Uint8Array[])[]): WatchedBody {
  return new WatchedBody((pull) => items[pull] ?? null);
}

/** How many bytes these chunks have. */
export function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

/** All of `body` in one, after a check of each item. */
export async function collected(body: AsyncIterable<readonly Uint8Array[]>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunks of body) {
    check(chunks.length > 0, "an item has at least one chunk");
    check(
      chunks.every(({ byteLength }) => byteLength > 0),
      "no chunk is empty",
    );
    all.push(...chunks);
  }
  const bytes = new Uint8Array(lengthOf(all));
  let at = 0;
  for (const chunk of all) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** Breaks the contract unless `items`, undone, are refused as malformed. */
export async function refusesCoded(
  codings: Codings,
  coding: string,
  items: readonly (readonly Uint8Array[])[],
  claim: string,
): Promise<void> {
  const error = await rejection(() => collected(codings.decode(coding, bodyOf(...items))));
  check(isTransportError(error) && error.kind === "malformed", `${claim}: malformed, not ${String(error)}`);
}

/** One case for each sample that the harness can undo. */
export function forEachSample(
  title: (form: string) => string,
  run: (codings: Codings, sample: CodedSample) => Promise<void>,
  samples: readonly CodedSample[] = codedSamples,
): ContractCase<CodingsHarness>[] {
  return samples.map((sample) => ({
    title: title(sample.form),
    skip: ({ codings }) => (codings.includes(sample.coding) ? undefined : `does not know ${sample.coding}`),
    async run(harness) {
      await run(await harness.open(), sample);
    },
  }));
}

/** The sample's bytes come out whole. */
export async function givesPlain(
  codings: Codings,
  coding: string,
  items: readonly (readonly Uint8Array[])[],
  claim: string,
): Promise<void> {
  const bytes = await collected(codings.decode(coding, bodyOf(...items)));
  const same = bytes.byteLength === plain.byteLength && bytes.every((byte, at) => byte === plain[at]);
  check(same, claim);
}
