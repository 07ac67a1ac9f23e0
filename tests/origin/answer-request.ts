import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, answerTo } from "./answer.ts";
import type { FaultKind } from "./fault.ts";
import type { LogEntry } from "./log.ts";
import type { Resource } from "./resource.ts";
import { sendBody } from "./send-body.ts";

/** Answer one request for a resource, with the next of its faults, and write down how it went. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  resource: Resource,
  entry: LogEntry,
  changed: () => void,
): Promise<void> {
  const { representation } = resource;
  const fault = resource.faults.take();
  // What the client sends is read to its end, so that a connection can be used again.
  request.resume();
  if (fault?.type === "silence") return;
  if (fault?.type === "drop") {
    end(response, fault.how, entry);
    return;
  }
  const question = { method: entry.method, range: entry.range ?? undefined, ifRange: entry.ifRange ?? undefined };
  const answer = answerTo(question, representation, fault);
  entry.status = answer.status;
  changed();
  // Without this Node would use chunked coding for a body that only the end of the connection is to end.
  response.useChunkedEncodingByDefault = representation.framing === "chunked";
  response.writeHead(answer.status, answer.headers);
  if (entry.method === "HEAD") {
    response.end();
    entry.ended = "sent";
    return;
  }
  response.flushHeaders();
  const reached = await sendBody(response, {
    chunks: representation.chunks(answer.start, answer.end),
    limit: limitOf(answer, fault),
    bytesPerSecond: representation.bytesPerSecond ?? 0,
    sent(bytes) {
      entry.bytesSent += bytes;
      changed();
    },
  });
  if (!reached) entry.ended = "gone";
  else if (fault?.type === "cut") end(response, fault.how, entry);
  else if (fault?.type === "stall") entry.ended = "fault";
  else await finish(response, entry);
}

function limitOf({ start, end }: Answer, fault: FaultKind | null): number {
  return fault?.type === "cut" || fault?.type === "stall" ? Math.min(fault.after, end - start) : end - start;
}

function end(response: ServerResponse, how: "fin" | "rst", entry: LogEntry): void {
  entry.ended = "fault";
  if (how === "rst") response.socket?.resetAndDestroy();
  else response.socket?.destroySoon();
}

function finish(response: ServerResponse, entry: LogEntry): Promise<void> {
  return new Promise((resolve) => {
    const done = (ended: "sent" | "gone") => () => {
      entry.ended ??= ended;
      resolve();
    };
    response.once("close", done("gone"));
    response.end(done("sent"));
  });
}
