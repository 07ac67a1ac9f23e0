import { Complaint } from "./complaint.ts";

/** A user's own header fields, in order. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** Fields that say how the bytes travel, or which of them: with another's value the file would come out wrong. */
const own = new Set([
  ...["accept-encoding", "connection", "content-length", "expect", "host", "if-range", "keep-alive"],
  ...["proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade"],
]);

/**
 * Read `--header` lines.
 *
 * @throws Complaint that names the field, never its value: it may be a secret.
 */
export function headerList(lines: readonly string[]): HeaderFields {
  return lines.map((line) => {
    const [, name = "", value = ""] = /^([^:]+):[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
    if (name === "") throw new Complaint("A --header is 'Name: value', with a colon: check the quotes around it.");
    if (own.has(name.toLowerCase())) {
      throw new Complaint(`The header field ${name} is set by longhaul itself: leave that --header out.`);
    }
    return checkedField(name, value);
  });
}

function checkedField(name: string, value: string): readonly [string, string] {
  try {
    new Headers([[name, value]]);
    return [name, value];
  } catch {
    throw new Complaint(`The --header ${JSON.stringify(name)} has a character in it that no header field may have.`);
  }
}
