import type { Transport, TransportRequest, TransportResponse } from "../../core/ports/index.ts";
import { answerTo } from "../origin/answer.ts";
import { allFetches } from "./scenario.ts";
import { trueBytes } from "./true-bytes.ts";

/** Answers as the recording's origin did, in this process; remembers what was asked. */
export class TrueOrigin implements Transport {
  readonly name = "true origin";
  readonly supports = { uploadProgress: false, manualRedirects: true, rangeHeaders: true } as const;
  /** `METHOD /path` of each request. */
  readonly asked: string[] = [];

  async send({ url, method, headers, body }: TransportRequest): Promise<TransportResponse> {
    const { pathname } = new URL(url);
    this.asked.push(`${method} ${pathname}`);
    if (body !== null) for await (const _ of body.stream());
    const record = allFetches.flatMap(({ records }) => records).find(({ path }) => path === pathname);
    if (record === undefined) throw new Error(`Nobody serves ${url}`);
    const { seed, size } = record;
    const field = (name: string): string | undefined => headers.find(([one]) => one.toLowerCase() === name)?.[1];
    const answer = answerTo(
      { method, range: field("range"), ifRange: field("if-range") },
      { etag: `"seed-${seed}-${size}"`, size, chunks: () => [] },
      null,
    );
    const bytes = trueBytes(seed, size).subarray(answer.start, answer.end);
    const chunks = async function* (): AsyncGenerator<readonly Uint8Array[]> {
      if (bytes.byteLength > 0) yield [bytes];
    };
    return { status: answer.status, statusText: "", headers: new Headers(answer.headers), url, body: chunks() };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** Whoever only restores has nothing to send. */
export class NoTransport extends TrueOrigin {
  override async send({ method, url }: TransportRequest): Promise<TransportResponse> {
    this.asked.push(`${method} ${new URL(url).pathname}`);
    throw new Error(`Nothing may be sent: ${method} ${url}`);
  }
}
