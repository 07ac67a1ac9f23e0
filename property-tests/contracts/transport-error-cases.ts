import { isTransportError, type TransportErrorKind } from "../../core/ports/index.ts";
import { type ContractCase, check, rejection } from "./contract.ts";
import { bytesOfBody, isPattern, requestOf, type TransportHarness } from "./transport-harness.ts";

function checkError(harness: TransportHarness, error: unknown, kind: TransportErrorKind): void {
  check(isTransportError(error), `a TransportError, not ${String(error)}`);
  check(!error.message.includes("secret"), "its message tells nothing of the query");
  check(!harness.tellsKinds || error.kind === kind, `its kind is ${kind}, not ${error.kind}`);
}

/** How an exchange ends before its time. */
export const transportErrorCases: readonly ContractCase<TransportHarness>[] = [
  {
    title: "must reject with a TransportError whose kind tells what happened: nobody listens",
    async run(harness) {
      const { transport, nowhere } = await harness.open();
      await using _ = transport;
      checkError(harness, await rejection(() => transport.send(requestOf(`${nowhere}/?secret`))), "refused");
    },
  },
  {
    title: "must reject with a TransportError whose kind tells what happened: the connection closes without an answer",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      checkError(
        harness,
        await rejection(() => transport.send(requestOf(`${origin}/drop/kind?secret`))),
        "interrupted",
      );
    },
  },
  {
    title: "must reject with a TransportError whose kind tells what happened: the answer is not HTTP",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      checkError(harness, await rejection(() => transport.send(requestOf(`${origin}/not-http/?secret`))), "malformed");
    },
  },
  ...["cut", "cut-chunked"].map((path) => ({
    title: `must make the body throw a TransportError when the connection ends before the message does: /${path}/`,
    async run(harness: TransportHarness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const { body } = await transport.send(requestOf(`${origin}/${path}/100000?secret`));
      let received = 0;
      const error = await rejection(async () => {
        for await (const chunks of body) {
          for (const chunk of chunks) {
            check(isPattern(chunk, received), "what came before is true");
            received += chunk.byteLength;
          }
        }
      });
      checkError(harness, error, "interrupted");
      check(received <= 100_000, "no byte comes that was not sent");
    },
  })),
  {
    title: "must reject with the signal's reason once signal is aborted: before it is sent",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const reason = new Error("before");
      const signal = AbortSignal.abort(reason);
      const error = await rejection(() => transport.send(requestOf(`${origin}/bytes/10`), { signal }));
      check(error === reason, "it rejects with the reason itself");
    },
  },
  {
    title: "must reject with the signal's reason once signal is aborted: while waiting for an answer",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const abort = new AbortController();
      const sending = rejection(() => transport.send(requestOf(`${origin}/silent/`), { signal: abort.signal }));
      await bytesOfBody((await transport.send(requestOf(`${origin}/bytes/10`))).body);
      const reason = new Error("waiting");
      abort.abort(reason);
      check((await sending) === reason, "it rejects with the reason itself");
    },
  },
  {
    title: "must reject with the signal's reason once signal is aborted: also while the body is being read",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const abort = new AbortController();
      const { body } = await transport.send(requestOf(`${origin}/stall/1000`), { signal: abort.signal });
      const iterator = body[Symbol.asyncIterator]();
      for (let received = 0; received < 1000; ) {
        const { value = [] } = await iterator.next();
        for (const chunk of value) received += chunk.byteLength;
      }
      const pulling = rejection(() => iterator.next());
      const reason = new Error("reading");
      abort.abort(reason);
      check((await pulling) === reason, "the pull that was waiting rejects with the reason itself");
    },
  },
  {
    title: "must reject with the signal's reason once signal is aborted: between two pulls",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const abort = new AbortController();
      const { body } = await transport.send(requestOf(`${origin}/bytes/8000000`), { signal: abort.signal });
      const iterator = body[Symbol.asyncIterator]();
      await iterator.next();
      // By the time another exchange is over, more of this body has arrived.
      await bytesOfBody((await transport.send(requestOf(`${origin}/bytes/10`))).body);
      const reason = new Error("between");
      abort.abort(reason);
      check((await rejection(() => iterator.next())) === reason, "the next pull rejects, whatever arrived before");
    },
  },
];
