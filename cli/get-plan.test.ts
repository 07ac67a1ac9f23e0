import { describe, expect, it } from "vitest";
import { Complaint } from "./complaint.ts";
import type { GetOptions } from "./get-options.ts";
import { getPlan } from "./get-plan.ts";

const options: GetOptions = { retries: 0 };

describe("getPlan", () => {
  it.each([
    { urls: [], given: {}, says: "Nothing to get: name at least one URL" },
    { urls: ["http://"], given: {}, says: '"http://" is not a URL. Give it whole' },
    { urls: ["file"], given: {}, says: '"file" is not a URL. Give it whole' },
    { urls: ["a.example/x?key=s3cret"], given: {}, says: "Did you mean https://a.example/x?…?" },
    { urls: ["ftp://me:s3cret@host/file"], given: {}, says: 'not ftp: as in "ftp://host/file".' },
    { urls: ["data:text/plain,s3cret"], given: {}, says: 'not data: as in "data:…".' },
    { urls: ["localhost:80/file"], given: {}, says: '"localhost:…" is not a URL. Give it whole' },
    { urls: ["a.example:80/file"], given: {}, says: "Did you mean https://a.example:80/file?" },
    { urls: ["http://s3cret@host/file"], given: {}, says: "The URL http://host/file was given with a user name" },
    { urls: ["http://a/b", "http://a/c"], given: { output: "x" }, says: "--output names one file, and there are 2" },
    { urls: ["http://a/b"], given: { output: "x", directory: "y" }, says: "not both" },
    { urls: ["http://a/b"], given: { output: "-" }, says: "needs a file" },
    { urls: ["http://a/b"], given: { output: "x/" }, says: "x/ is a folder" },
    { urls: ["http://a/b"], given: { id: "" }, says: "An --id is a line of 1 to 200 characters." },
    { urls: ["http://a/b"], given: { id: "a\nb" }, says: "An --id is a line of 1 to 200 characters." },
    { urls: ["http://a/b"], given: { header: ["s3cret"] }, says: "A --header is 'Name: value', with a colon" },
    { urls: ["http://a/b"], given: { header: ["ranGe: bytes=1-"] }, says: "ranGe is set by longhaul itself" },
    { urls: ["http://a/b"], given: { header: ["X-Y: s3cret\nZ"] }, says: '"X-Y" has a character in it' },
    { urls: ["http://a/b"], given: { header: ["X Y: s3cret"] }, says: '"X Y" has a character in it' },
  ])("refuses $urls with $given in a sentence without secrets", ({ urls, given, says }) => {
    const plan = () => getPlan(urls, { ...options, ...given });

    expect(plan).toThrow(Complaint);
    expect(plan).toThrow(says);
    expect(plan).not.toThrow("s3cret");
  });

  it("makes the same id of the same URLs and destinations, and another of others", () => {
    const id = (urls: string[], given: Partial<GetOptions> = {}): string => getPlan(urls, { ...options, ...given }).id;

    expect(id(["http://a/Big File.iso"])).toMatch(/^big-file.iso-[0-9a-f]{8}$/);
    expect(id(["http://a/b"])).toBe(id(["http://A:80/b#part"]));
    expect(id(["http://a/b"])).not.toBe(id(["http://a/b?1"]));
    expect(id(["http://a/b"])).not.toBe(id(["http://a/b"], { directory: "x" }));
    expect(id(["http://a/b"], { id: "mine" })).toBe("mine");
  });

  it("reads header lines as they are meant, values with colons and all", () => {
    const { headers } = getPlan(["http://a/b"], { ...options, header: ["A: b: c ", "D:", "Cookie:x=1"] });

    expect(headers).toEqual([
      ["A", "b: c"],
      ["D", ""],
      ["Cookie", "x=1"],
    ]);
  });
});
