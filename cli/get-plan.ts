import { join, resolve } from "node:path";
import { checkedUrl } from "./checked-url.ts";
import { checksumMetadata } from "./checksum.ts";
import { Complaint } from "./complaint.ts";
import { destinationNames } from "./destination-names.ts";
import { getId } from "./get-id.ts";
import type { GetOptions } from "./get-options.ts";
import { type HeaderFields, headerList } from "./header-list.ts";

/** One file that a `get` is to bring. */
export interface PlannedFile {
  readonly url: string;
  /** Absolute. */
  readonly destination: string;
}

/** A `get` that was checked, before the store is asked. */
export interface GetPlan {
  readonly id: string;
  /** Whether the user chose the id: then it says nothing about the URLs. */
  readonly idGiven: boolean;
  readonly files: readonly PlannedFile[];
  readonly headers: HeaderFields;
  /** Subresource Integrity metadata of the one file. */
  readonly integrity: string | undefined;
}

/** Decide what goes where, and under which id. @throws Complaint about what was given. */
export function getPlan(texts: readonly string[], options: GetOptions): GetPlan {
  const { output, directory, id } = options;
  if (texts.length === 0) throw new Complaint("Nothing to get: name at least one URL, or a list of them with --input.");
  if (output !== undefined && directory !== undefined) {
    throw new Complaint("Give either --output, a file, or --directory, a folder for files: not both.");
  }
  if (output !== undefined && texts.length > 1) {
    throw new Complaint(`--output names one file, and there are ${texts.length} URLs: use --directory.`);
  }
  if (output?.endsWith("/")) throw new Complaint(`${output} is a folder: use --directory for it.`);
  if (output === "-") throw new Complaint("A download that can be resumed needs a file: --output - cannot be.");
  if (id !== undefined && !/^[^\p{Cc}]{1,200}$/u.test(id)) {
    throw new Complaint("An --id is a line of 1 to 200 characters.");
  }
  const { checksum } = options;
  if (checksum !== undefined && texts.length > 1) {
    throw new Complaint(`--checksum is that of one file, and there are ${texts.length} URLs.`);
  }
  const urls = texts.map(checkedUrl);
  const folder = resolve(directory ?? ".");
  const destinations =
    output === undefined ? destinationNames(urls).map((name) => join(folder, name)) : [resolve(output)];
  return {
    id: id ?? getId(urls, destinations),
    idGiven: id !== undefined,
    files: urls.map((url, index) => ({ url, destination: destinations[index] ?? "" })),
    headers: headerList(options.header ?? []),
    integrity: checksum === undefined ? undefined : checksumMetadata(checksum),
  };
}
