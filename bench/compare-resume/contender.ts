/** What one run of a contender is given. */
export interface RunPlace {
  readonly url: string;
  /** The file to make. */
  readonly output: string;
  /** A folder for whatever else it keeps from one run to the next. */
  readonly scratch: string;
}

/** Something that downloads, in the way that is meant to survive a broken connection. */
export interface Contender {
  readonly name: string;
  /** How it goes on: in the words of the page. */
  readonly manner: string;
  /** How often it is started at most, until it says that it is done. */
  readonly runs: number;
  /** Why it cannot take part here, or `null` if it can. */
  missing(): Promise<string | null>;
  /** Which one it is; called only if it is not missing. */
  version(): Promise<string>;
  command(place: RunPlace): readonly string[];
}

/** Starts of a contender, or tries of one that tries by itself. */
export const mostAttempts = 5;
