import { describe, expect, it } from "vitest";
import { startTs } from "../../tests/crash/ts-child.ts";
import { testFolder } from "../../tests/faults/test-folder.ts";

describe("sqlite", () => {
  // Mutant: a plain import of node:sqlite prints the warning to every user's terminal.
  it("holds back its own experimental warning and no other", async () => {
    const child = startTs(new URL("../../tests/crash/warning-child.ts", import.meta.url), [testFolder()]);

    expect(await child.gone).toBe(0);
    expect(child.stderr()).toMatch(/^\(node:\d+\) ExperimentalWarning: Something else\n.*\n$/);
  });
});
