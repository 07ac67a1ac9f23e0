import { describe, expect, it } from "vitest";
import { diceOf, mutate } from "./mutation.ts";
import { parsers } from "./parsers.ts";

const executions = Number(process.env["LONGHAUL_FUZZ_EXECUTIONS"] ?? 208_000);
const seed = Number(process.env["LONGHAUL_FUZZ_SEED"] ?? 20_261_125);
const each = Math.ceil(executions / parsers.length);

/**
 * More of it: LONGHAUL_FUZZ_EXECUTIONS=50000000 LONGHAUL_FUZZ_SEED=7 npx vitest run property-tests/fuzz
 *
 * Mutants: parseContentRange without `end <= start`, `total < end` or isSafeInteger; a weak ETag; a date on 31 June;
 * contentLength takes the first of several; `trimEnd` left out of file-name.ts; followRedirect lets a user name pass, or
 * leaves https; retryAfterMs without its bounds.
 */
describe("parsers of what a server writes, fed with accidents", () => {
  it.each(parsers)(
    "$name: throws nothing, and what it reads makes sense",
    ({ corpus, check }) => {
      const dice = diceOf(seed);
      const failures: string[] = [];
      for (let times = 0; times < each && failures.length === 0; times += 1) {
        const text = mutate(corpus, dice);
        try {
          check(text);
        } catch (error) {
          failures.push(`${error} for ${JSON.stringify(text)} (seed ${seed}, execution ${times})`);
        }
      }

      expect(failures).toEqual([]);
    },
    Number.POSITIVE_INFINITY,
  );

  it("understands every value of its corpus, and makes the same texts of the same seed", () => {
    for (const { corpus, check } of parsers) for (const text of corpus) check(text);
    const [one, two] = [diceOf(seed), diceOf(seed)];
    const texts = (dice: typeof one): string[] => Array.from({ length: 100 }, () => mutate(["abc", "def"], dice));

    expect(texts(one)).toEqual(texts(two));
    expect(executions).toBeGreaterThanOrEqual(200_000);
  });
});
