import { InvalidArgumentError } from "commander";

/** Commander adds which option it was, and prints the sentence. */
export function positiveCount(text: string): number {
  return count(text, 1, "It must be a whole number from 1.");
}

export function retryCount(text: string): number {
  return count(text, 0, "It must be a whole number from 0.");
}

export function byteCount(text: string): number {
  return count(text, 1, "It must be a number of bytes, in digits alone.");
}

function count(text: string, least: number, sentence: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new InvalidArgumentError(sentence);
}
