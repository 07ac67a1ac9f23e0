/** One response of the scenario: bytes of a seed, as `tests/origin/body.ts` makes them. */
export interface ScenarioRecord {
  readonly path: string;
  readonly seed: number;
  readonly size: number;
  /** Within the working folder; `null` if the body stays in the store. */
  readonly destination: string | null;
}

export interface ScenarioFetch {
  readonly id: string;
  readonly records: readonly ScenarioRecord[];
  /** The size of the body that is posted with each request; its bytes are of `postedSeed`. */
  readonly posted: number | null;
  /** Replaces a file that is there before. */
  readonly replace: boolean;
}

const KiB = 1024;

/** The folder of the store; none of its ancestors within the working folder is there before. */
export const storeFolder = "home/store";

/** On another file system, if there is one. */
export const otherFolder = "other";

/** What is at the destination of `disc` before anything else happens. */
export const replaced = { path: "out/disc", seed: 90, size: 5_000 } as const;

export const postedSeed = 91;

/** In this order; a kill comes while `film` is being received. */
export const fetches = {
  form: { id: "form", records: [kept("/form", 1, 30_000)], posted: 20_000, replace: false },
  film: {
    id: "film",
    records: [moved("/film", 2, 400 * KiB, "out/film"), kept("/side", 3, 100 * KiB)],
    posted: null,
    replace: false,
  },
  tape: { id: "tape", records: [moved("/tape", 4, 300 * KiB, `${otherFolder}/tape`)], posted: null, replace: false },
  disc: { id: "disc", records: [moved("/disc", 5, 200 * KiB, replaced.path)], posted: null, replace: true },
  left: { id: "left", records: [moved("/left", 6, 400 * KiB, "out/left")], posted: null, replace: false },
} as const satisfies { readonly [id: string]: ScenarioFetch };

export const allFetches: readonly ScenarioFetch[] = Object.values(fetches);

/**
 * An absolute path that means another file in each process: rows name destinations absolutely, and each state is restored
 * in a folder of its own.
 */
export function absoluteHere(path: string): string {
  return `/proc/self/cwd/${path}`;
}

function kept(path: string, seed: number, size: number): ScenarioRecord {
  return { path, seed, size, destination: null };
}

function moved(path: string, seed: number, size: number, destination: string): ScenarioRecord {
  return { path, seed, size, destination };
}
