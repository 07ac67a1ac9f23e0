import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { RunPlace, Subject } from "../subject.ts";

const built = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
const engineRunner = fileURLToPath(new URL("longhaul-engine.mjs", import.meta.url));

async function missing(): Promise<string | null> {
  return access(built("cli.js")).then(
    () => null,
    () => "dist/ is not built: npm run build",
  );
}

/** What this is about, as a person and as a program use it: every byte and every row synced before it is reported. */
export const ours: readonly Subject[] = [
  {
    name: "longhaul get",
    remark: "durable; the whole command",
    handsOut: true,
    missing,
    command: ({ list, output, scratch }: RunPlace) => [
      ...[process.execPath, built("cli.js"), "get", "--quiet", "--store", scratch],
      ...["--input", list, "--directory", output],
    ],
  },
  {
    name: "longhaul engine",
    remark: "durable; bodies stay in the store",
    handsOut: false,
    missing,
    command: ({ list, output, scratch, checking }: RunPlace) => [
      ...[process.execPath, engineRunner, list, scratch],
      ...(checking ? [output] : []),
    ],
  },
];
