/** What the engine told the outside world, and must stand by from then on. */
export type Acknowledgement =
  | { readonly type: "fetched"; readonly id: string }
  | { readonly type: "stored"; readonly id: string; readonly index: number; readonly bytes: number }
  | { readonly type: "settled"; readonly id: string; readonly index: number; readonly state: string }
  /** The event of its end was handed out. */
  | { readonly type: "event"; readonly id: string }
  | { readonly type: "released"; readonly id: string }
  /** Bytes of a POST are on the wire: not said by the engine, but seen in the recording. */
  | { readonly type: "posted"; readonly id: string }
  | { readonly type: "aborted"; readonly id: string };

const mark = "ACKNOWLEDGED ";

export function formatAcknowledgement(acknowledgement: Acknowledgement): string {
  return `${mark}${JSON.stringify(acknowledgement)}\n`;
}

/** `null` for a line that is something else. */
export function parseAcknowledgement(line: string): Acknowledgement | null {
  return line.startsWith(mark) ? JSON.parse(line.slice(mark.length)) : null;
}

/** What a registration was told to be, all its acknowledgements together. */
export interface Promised {
  /** 0: taken in; 1: settled; 2: released. */
  phase: number;
  aborted: boolean;
  posted: boolean;
  readonly records: Map<number, PromisedRecord>;
}

export interface PromisedRecord {
  bytes: number;
  state: string | null;
}

/** What all these acknowledgements promise, by the registration's id. */
export function promisedBy(acknowledgements: readonly Acknowledgement[]): ReadonlyMap<string, Promised> {
  const promises = new Map<string, Promised>();
  for (const one of acknowledgements) {
    const promised = promises.get(one.id) ?? { phase: 0, aborted: false, posted: false, records: new Map() };
    promises.set(one.id, promised);
    if (one.type === "event") promised.phase = Math.max(promised.phase, 1);
    if (one.type === "released") promised.phase = 2;
    if (one.type === "aborted") promised.aborted = true;
    if (one.type === "posted") promised.posted = true;
    if (one.type !== "stored" && one.type !== "settled") continue;
    const record = promised.records.get(one.index) ?? { bytes: 0, state: null };
    promised.records.set(one.index, record);
    if (one.type === "stored") record.bytes = Math.max(record.bytes, one.bytes);
    else record.state = one.state;
  }
  return promises;
}
