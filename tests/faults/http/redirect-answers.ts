import type { FaultRequest } from "../fault-request.ts";
import type { Answer } from "../fault-server.ts";
import { answer, type Framing } from "./answers.ts";

/** Send the client to `location`, in which `{port}` stands for the server's own. */
export function redirect(status: number, location: string, options: Framing = {}): Answer {
  return (wire, request) => {
    const fields = { ...options.fields, location: location.replace("{port}", portOf(request)) };
    return answer(status, Buffer.alloc(0), { ...options, fields })(wire, request);
  };
}

function portOf({ headers }: FaultRequest): string {
  return headers.get("host")?.split(":").at(-1) ?? "";
}
