import { createHash } from "node:crypto";
import { basename } from "node:path";

/** The id of a download that was given none: the same for the same URLs and destinations, and readable. */
export function getId(urls: readonly string[], destinations: readonly string[]): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([urls, destinations]))
    .digest("hex")
    .slice(0, 8);
  const [first = ""] = destinations;
  const name = basename(first)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z\d.]+/g, "-")
    .slice(0, 24)
    .replace(/^[-.]+|[-.]+$/g, "");
  return name === "" ? digest : `${name}-${digest}`;
}
