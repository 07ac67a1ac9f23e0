/** One system call of a recording; `start` and `end` are places in it, in the order in which things happened. */
export interface SystemCall {
  readonly name: string;
  /** As strace writes them. */
  readonly text: string;
  /** `null` if the process was killed in the call. */
  readonly result: number | null;
  readonly start: number;
  readonly end: number;
}

const unfinished = " <unfinished ...>";

/** The system calls of an strace of several threads, made with `-f -xx`; those that failed are left out. */
export function parseStrace(text: string): readonly SystemCall[] {
  const calls: SystemCall[] = [];
  const open = new Map<string, { readonly start: number; readonly begun: string }>();
  for (const [at, line] of text.split("\n").entries()) {
    const space = line.indexOf(" ");
    const thread = line.slice(0, space);
    const said = line.slice(space).trimStart();
    if (said.endsWith(unfinished) && !said.startsWith("<...")) {
      open.set(thread, { start: at, begun: said.slice(0, -unfinished.length) });
      continue;
    }
    const rest = /^<\.\.\. \w+ resumed>/.exec(said);
    const earlier = rest === null ? undefined : open.get(thread);
    if (rest !== null) open.delete(thread);
    const whole = rest === null ? said : (earlier?.begun ?? "") + said.slice(rest[0].length);
    const call = callOf(whole, earlier?.start ?? at, at);
    if (call !== null) calls.push(call);
  }
  for (const { start, begun } of open.values()) {
    const call = callOf(`${begun}) = ?`, start, Number.POSITIVE_INFINITY);
    if (call !== null) calls.push(call);
  }
  return calls;
}

function callOf(text: string, start: number, end: number): SystemCall | null {
  const name = /^(\w+)\(/.exec(text)?.[1];
  const close = text.lastIndexOf(") ");
  const result = /^\) += (-?\d+|\?)/.exec(text.slice(close))?.[1];
  if (name === undefined || result === undefined || result.startsWith("-")) return null;
  const killed = result === "?";
  return {
    name,
    text: text.slice(name.length + 1, close),
    result: killed ? null : Number(result),
    start,
    end: killed ? Number.POSITIVE_INFINITY : end,
  };
}

/**
 * The strings among a call's arguments, in order.
 *
 * @throws Error if strace shortened one.
 */
export function stringsOf({ text, name }: SystemCall): readonly Buffer[] {
  return [...text.matchAll(/"([^"]*)"(\.\.\.)?/g)].map(([, escaped = "", shortened]) => {
    if (shortened !== undefined) throw new Error(`strace shortened an argument of ${name}`);
    return Buffer.from(escaped.replaceAll("\\x", ""), "hex");
  });
}

/** The argument at `index`, a number, counted from the end if negative. */
export function numberAt({ text }: SystemCall, index: number): number {
  const parts = text.replaceAll(/"[^"]*"/g, '""').split(", ");
  return Number(/^\[?(\d+)/.exec(parts.at(index) ?? "")?.[1] ?? Number.NaN);
}
