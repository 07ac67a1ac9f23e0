import { clearScreenDown, moveCursor } from "node:readline";

/** Shows what happens: on a terminal a block that is drawn anew below the news, elsewhere plain lines. */
export interface Screen {
  /** A line that stays. */
  say(line: string): void;
  /** What stands below all lines that were said; on a terminal only. */
  draw(block: readonly string[]): void;
  /** Leave the last block where it is. */
  keep(): void;
}

export function createScreen(out: NodeJS.WriteStream): Screen {
  let drawn: readonly string[] = [];

  function clear(): void {
    if (drawn.length === 0) return;
    moveCursor(out, 0, -drawn.length);
    clearScreenDown(out);
    drawn = [];
  }

  function draw(block: readonly string[]): void {
    if (!out.isTTY) return;
    clear();
    // A line that wraps would take two, and the count would be wrong.
    drawn = block.map((line) => line.slice(0, Math.max(1, out.columns - 1)));
    out.write(drawn.map((line) => `${line}\n`).join(""));
  }

  return {
    say(line) {
      const block = drawn;
      clear();
      out.write(`${line}\n`);
      if (block.length > 0) draw(block);
    },
    draw,
    keep() {
      drawn = [];
    },
  };
}
