import type { Answer } from "./answer.ts";
import type { Request } from "./request.ts";
import type { Version } from "./version.ts";

/** What happens between the first break of a connection and the end of a download. */
export interface Scenario {
  readonly name: string;
  /** In one sentence, for the page that the table goes to. */
  readonly story: string;
  /** The file as it is when the download begins. */
  readonly begins: Version;
  /** Whether the first answer comes in chunks, and tells no length. */
  readonly chunked?: true;
  /** The bytes that a download must end with, or `null` if it can only end with an error that is told. */
  readonly right: Buffer | null;
  /** Answer a request that came after the break; `nth` counts them from 1. */
  answer(request: Request, nth: number): Answer;
}
