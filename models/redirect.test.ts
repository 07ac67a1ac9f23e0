import { describe, expect, it } from "vitest";
import { followRedirect, isRedirectStatus, maxRedirects, type RedirectedRequest } from "./redirect.ts";

const get: RedirectedRequest = {
  url: "https://a.example/dir/file?x=1",
  method: "GET",
  headers: [
    ["Authorization", "Bearer s3cret"],
    ["Cookie", "id=s3cret"],
    ["X-Api-Key", "s3cret"],
    ["Accept", "*/*"],
    ["Range", "bytes=5-"],
    ["If-Range", '"a"'],
  ],
  hasBody: false,
};
const post: RedirectedRequest = { ...get, method: "POST", headers: [["Content-Type", "text/plain"]], hasBody: true };
const safe = get.headers.slice(3);

const target = (location: string, from = get) => {
  const decision = followRedirect(from, 302, location);
  return decision.type === "follow" ? decision.url : decision.because;
};

describe("redirect", () => {
  it.each([301, 302, 303, 307, 308])("D1: %d is followed", (status) => {
    expect(isRedirectStatus(status)).toBe(true);
    expect(followRedirect(get, status, "/next").type).toBe("follow");
  });

  it("D1: twenty are allowed in a row", () => {
    expect(maxRedirects).toBe(20);
  });

  it.each([200, 300, 304, 305, 306, 399])("D9: %d is not", (status) => {
    expect(isRedirectStatus(status)).toBe(false);
    expect(followRedirect(get, status, "/next").type).toBe("refuse");
  });

  it.each([
    [301, "POST", "GET", false],
    [302, "POST", "GET", false],
    [303, "POST", "GET", false],
    [303, "PUT", "GET", false],
    [301, "PUT", "PUT", true],
    [307, "POST", "POST", true],
    [308, "PUT", "PUT", true],
  ])("D3: %d makes of a %s a %s (body kept: %j)", (status, method, next, keepBody) => {
    const decision = followRedirect({ ...post, method }, status, "/next");

    expect(decision).toMatchObject({ type: "follow", method: next, keepBody, headers: keepBody ? post.headers : [] });
  });

  it("D3: leaves a HEAD what it is, also after 303", () => {
    expect(followRedirect({ ...get, method: "HEAD" }, 303, "/next")).toMatchObject({ method: "HEAD" });
  });

  it("keeps every header on the same origin", () => {
    expect(followRedirect(get, 302, "https://A.example:443/next")).toMatchObject({ headers: get.headers });
  });

  it.each([
    ["host", "https://b.example/"],
    ["subdomain", "https://x.a.example/"],
    ["port", "https://a.example:8443/"],
    ["trailing dot", "https://a.example./"],
    ["host by slashes", "//b.example/"],
    ["host by backslashes", "\\\\b.example/"],
    ["host by tabs", "/\t/b.example/"],
  ])("D4: another %s hears only what a stranger may know", (_, location) => {
    expect(followRedirect(get, 302, location)).toMatchObject({ type: "follow", headers: safe });
  });

  it("D4: another scheme is another origin", () => {
    const plain = { ...get, url: "http://a.example/" };

    expect(followRedirect(plain, 302, "https://a.example/")).toMatchObject({ type: "follow", headers: safe });
  });

  it("D5: what was dropped on the way stays dropped on the way back", () => {
    const away = followRedirect(get, 302, "https://b.example/");
    if (away.type !== "follow") throw new Error(away.because);

    const back = followRedirect({ ...away, hasBody: away.keepBody }, 302, "https://a.example/");

    expect(back).toMatchObject({ type: "follow", headers: safe });
  });

  it("D6: https is never left for http", () => {
    expect(target("http://a.example/")).toBe("The redirect leaves https for http");
  });

  it.each([
    "file:///etc/passwd",
    "data:text/plain,x",
    "ftp://a.example/",
    "blob:https://a.example/1",
    "javascript:1",
    "unix:/run/x",
    "http+unix://x/",
  ])("D7: %s is refused", (location) => {
    expect(target(location)).toBe("The location is neither http nor https");
  });

  it.each([
    ["relative", "next", "https://a.example/dir/next"],
    ["a query", "?y=2", "https://a.example/dir/file?y=2"],
    ["dots", "../../x", "https://a.example/x"],
    ["a fragment, which is dropped", "/x#here", "https://a.example/x"],
    ["UTF-8 bytes", "/caf\u00c3\u00a9", "https://a.example/caf%C3%A9"],
    ["an international name in UTF-8 bytes", "https://b\u00c3\u00bccher.example/", "https://xn--bcher-kva.example/"],
    ["8 KiB", `/${"x".repeat(8191)}`, `https://a.example/${"x".repeat(8191)}`],
  ])("D8: a location may be %s", (_, location, url) => {
    expect(target(location)).toBe(url);
  });

  it.each([
    ["empty", "", "The redirect names no location"],
    ["no URL", "https://", "The location is not a URL"],
    ["more than 8 KiB", `/${"x".repeat(8192)}`, "The location is longer than 8 KiB"],
    ["1 MiB", "x".repeat(2 ** 20), "The location is longer than 8 KiB"],
    ["with userinfo", "https://me:pw@b.example/", "The location holds a user name or a password"],
    ["with a user on the same origin", "//me@a.example/", "The location holds a user name or a password"],
  ])("D8: a location may not be %s", (_, location, because) => {
    expect(target(location)).toBe(because);
  });

  it.each([301, 307, 308])("D13: %d does not take an upload to another origin", (status) => {
    const put = { ...post, method: "PUT" };

    expect(followRedirect(put, status, "https://b.example/")).toMatchObject({ type: "refuse" });
    expect(followRedirect({ ...put, method: "DELETE", hasBody: false }, status, "https://b.example/")).toMatchObject({
      type: "refuse",
    });
  });

  it("D13: 303 after an upload may point to another origin, without the body", () => {
    expect(followRedirect(post, 303, "https://b.example/")).toEqual({
      type: "follow",
      url: "https://b.example/",
      method: "GET",
      headers: [],
      keepBody: false,
    });
  });
});
