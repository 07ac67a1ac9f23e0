import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whether this machine can make certificates. Where not, the tests over TLS are skipped, and say so. */
export const hasOpenssl: boolean = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.warn("SKIPPED: tests over TLS need the openssl command (Debian: apt-get install openssl)");

/** A certificate authority that nobody knows but us, and one certificate of it for the loopback interface. */
export interface PrivateCa {
  /** What a client must be told to trust. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/**
 * Make both with the `openssl` command, since Node can read certificates but not make them.
 *
 * @throws Error if there is no `openssl`.
 */
export async function createPrivateCa(names = "DNS:localhost,IP:127.0.0.1"): Promise<PrivateCa> {
  const directory = await mkdtemp(join(tmpdir(), "longhaul-ca-"));
  const at = (name: string): string => join(directory, name);
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    await run("openssl", [
      ...["req", "-x509", ...newKey, "-keyout", at("ca.key"), "-out", at("ca.crt"), "-days", "2"],
      ...["-subj", "/CN=longhaul test authority"],
    ]);
    await run("openssl", ["req", ...newKey, "-keyout", at("key"), "-out", at("csr"), "-subj", "/CN=localhost"]);
    await writeFile(at("extensions"), `subjectAltName=${names}\n`);
    await run("openssl", [
      ...["x509", "-req", "-in", at("csr"), "-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial"],
      ...["-out", at("crt"), "-days", "2", "-extfile", at("extensions")],
    ]);
    const [ca, key, cert] = await Promise.all(["ca.crt", "key", "crt"].map((name) => readFile(at(name), "utf8")));
    return { ca: ca ?? "", key: key ?? "", cert: cert ?? "" };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
