import type { Job } from "./job.ts";

/** Where one run of a subject finds what it needs. */
export interface RunPlace {
  readonly job: Job;
  /** The server, without a slash at its end. */
  readonly url: string;
  /** A file with the address of each file of the job, one a line. */
  readonly list: string;
  /** An empty folder that the files go to, each under its own name. */
  readonly output: string;
  /** An empty folder for whatever else the subject keeps. */
  readonly scratch: string;
  /** This run is for its bytes, not for its time: a subject that keeps them elsewhere hands them out. */
  readonly checking: boolean;
}

/** Something that downloads. */
export interface Subject {
  readonly name: string;
  /** What must be known to compare its numbers with the others'. */
  readonly remark: string;
  /** Whether its files lie in `output` even when nobody checks. */
  readonly handsOut: boolean;
  /** Why it cannot take part here, or `null` if it can. */
  missing(): Promise<string | null>;
  /** The whole process that does the job, or `null` if it does not do such jobs. */
  command(place: RunPlace): readonly string[] | null;
}
