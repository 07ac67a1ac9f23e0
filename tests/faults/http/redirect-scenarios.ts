import { expect } from "vitest";
import type { FaultRequest } from "../fault-request.ts";
import { answer, faithful, part, raw, whole } from "./answers.ts";
import { redirect } from "./redirect-answers.ts";
import { half, v1, v2 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const none = Buffer.alloc(0);
const two = { "/two": [faithful(v1)] };
const secrets = { authorization: "Bearer canary", cookie: "sid=canary", "x-api-key": "canary", "x-trace": "canary" };
const post = { method: "POST", body: "photo" };
/** Only the first request may have been sent. */
const alone = ({ requests }: { readonly requests: readonly FaultRequest[] }) => expect(requests).toHaveLength(1);
const canaries = ({ headers }: FaultRequest) =>
  [...headers.values()].filter((value) => value.includes("canary")).length;

/** Rows D1 to D13 that one server can show, under its two names 127.0.0.1 and localhost. */
export const redirectScenarios: readonly FaultScenario[] = [
  ...[301, 302, 303, 307, 308].map(
    (status): FaultScenario => ({
      title: `D1 a ${status} is followed`,
      answers: [redirect(status, "/two")],
      elsewhere: two,
      outcome: v1.body,
    }),
  ),
  {
    title: "D1 twenty redirects in a row are followed",
    answers: [...Array(20).fill(redirect(302, "/file")), whole(v1)],
    outcome: v1.body,
  },
  {
    title: "D1 the page of a redirect is no part of the file",
    answers: [answer(302, Buffer.from("<p>moved</p>"), { fields: { location: "/two" } })],
    elsewhere: two,
    outcome: v1.body,
  },
  {
    // Mutant: give the last redirect out as the answer.
    title: "D2 a redirect to itself is a failure, after twenty of them",
    answers: [redirect(302, "/file")],
    outcome: "too-many-redirects",
    also: ({ requests, body }) => expect([requests.length, body]).toEqual([21, null]),
  },
  {
    title: "D2 a redirect to an ever longer URL is a failure, after twenty of them",
    answers: [(wire, request) => redirect(302, `/file?${"x".repeat(request.nth)}`)(wire, request)],
    outcome: "too-many-redirects",
    also: ({ requests }) => expect(requests).toHaveLength(21),
  },
  ...[301, 302, 303].map(
    (status): FaultScenario => ({
      title: `D3 a ${status} makes a GET without a body of a POST`,
      request: post,
      answers: [redirect(status, "/two")],
      elsewhere: two,
      outcome: v1.body,
      also({ requests: [, second] }) {
        expect([second?.method, second?.body.length, second?.headers.has("content-type")]).toEqual(["GET", 0, false]);
      },
    }),
  ),
  ...[307, 308].map(
    (status): FaultScenario => ({
      title: `D3 a ${status} sends the POST and its body on`,
      request: post,
      answers: [redirect(status, "/two")],
      elsewhere: two,
      outcome: v1.body,
      also({ requests: [, second] }) {
        expect([second?.method, second?.body.toString()]).toEqual(["POST", "photo"]);
      },
    }),
  ),
  {
    // Mutant: take away only Authorization, as the Fetch standard does.
    title: "D4 another host gets nothing that the caller set but what tells of the file",
    request: { headers: { ...secrets, accept: "video/*" } },
    answers: [redirect(302, "http://localhost:{port}/two")],
    elsewhere: two,
    outcome: v1.body,
    also({ requests: [first, second] }) {
      expect([first, second].map((request) => request && canaries(request))).toEqual([4, 0]);
      expect(second?.headers.get("accept")).toBe("video/*");
    },
  },
  {
    title: "D4 the range and its condition go to the other host",
    answers: [whole(v1, { cut: half }), redirect(302, "http://localhost:{port}/two")],
    elsewhere: two,
    outcome: v1.body,
    also: ({ requests }) => expect(requests.at(-1)?.asked).toBe(`from ${half - 65_536} if "one"`),
  },
  {
    title: "D4 the same host keeps everything",
    request: { headers: secrets },
    answers: [redirect(302, "/two")],
    elsewhere: two,
    outcome: v1.body,
    also: ({ requests }) => expect(requests.map(canaries)).toEqual([4, 4]),
  },
  {
    // Mutant: begin every hop with the caller's own fields.
    title: "D5 what another host did not get does not come back on the way back",
    request: { headers: secrets },
    answers: [redirect(302, "http://localhost:{port}/there")],
    elsewhere: { "/there": [redirect(302, "http://127.0.0.1:{port}/two")], ...two },
    outcome: v1.body,
    also: ({ requests }) => expect(requests.map(canaries)).toEqual([4, 0, 0]),
  },
  ...[
    "file:///etc/passwd",
    "data:text/plain,hello",
    "ftp://127.0.0.1/file",
    "blob:http://127.0.0.1/0",
    "javascript:alert(1)",
    "unix:/var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "ws://127.0.0.1/",
  ].map((location) => refusedTo("D7 a redirect to", location)),
  refusedTo("D8 a redirect to", "http://user:secret@localhost:{port}/two"),
  refusedTo("D8 a redirect to", "http://[/two"),
  refusedTo("D8 a redirect to", "http://localhost:99999/two"),
  { ...refusedTo("D8 a redirect to", `/${"x".repeat(9 * 1024)}`), title: "D8 a redirect of 9 KiB is refused" },
  {
    title: "D8 a redirect of a MiB is a head too long, and nothing worse",
    answers: [redirect(302, `/${"x".repeat(1024 * 1024)}`), faithful(v1)],
    outcome: v1.body,
  },
  {
    title: "D8 a 302 without a Location is a failure",
    answers: [answer(302, none)],
    outcome: "status",
    also: ({ failure }) => expect(failure?.status).toBe(302),
  },
  {
    title: "D8 a 302 with an empty Location is a failure",
    answers: [redirect(302, "")],
    outcome: "status",
  },
  ...[
    ["a relative reference", "two"],
    ["a path with dots", "/one/../two"],
    ["a reference without a scheme", "//127.0.0.1:{port}/two"],
    ["backslashes", "\\two"],
    ["a fragment, which is not sent", "/two#here"],
    ["a host in capitals", "HTTP://LOCALHOST:{port}/two"],
  ].map(
    ([what, location = ""]): FaultScenario => ({
      title: `D8 ${what} is read as URLs are`,
      answers: [redirect(302, location)],
      elsewhere: two,
      outcome: v1.body,
      also: ({ requests }) => expect(requests.map(({ path }) => path)).toEqual(["/file", "/two"]),
    }),
  ),
  {
    title: "D8 bytes of UTF-8 in a Location reach the server as they are",
    answers: [raw(Buffer.from("HTTP/1.1 302 Found\r\nlocation: /zwö\r\ncontent-length: 0\r\n\r\n"), "stay")],
    elsewhere: { "/zw%C3%B6": [faithful(v1)] },
    outcome: v1.body,
  },
  ...[300, 304, 305, 306].map(
    (status): FaultScenario => ({
      title: `D9 a ${status} with a Location is not followed`,
      answers: [redirect(status, "/two", status === 304 ? { fields: { "content-length": null } } : {})],
      elsewhere: two,
      outcome: ["status", "not-modified"],
      also: ({ requests }) => expect(requests.every(({ path }) => path === "/file")).toBe(true),
    }),
  ),
  ...[307, 308].map(
    (status): FaultScenario => ({
      title: `D13 a ${status} does not send a body on to another origin`,
      request: { method: "PUT", body: "photo" },
      answers: [redirect(status, "http://localhost:{port}/two")],
      elsewhere: two,
      outcome: "redirect-refused",
      also: alone,
    }),
  ),
  {
    title: "E17 the same host in other letters, with its default path, is the same origin",
    request: { headers: secrets },
    answers: [redirect(302, "HTTP://127.1:{port}/two")],
    elsewhere: { "/two": [part(v2)] },
    outcome: v2.body,
    also: ({ requests }) => expect(requests.map(canaries)).toEqual([4, 4]),
  },
];

function refusedTo(what: string, location: string): FaultScenario {
  return {
    title: `${what} ${location} is refused, and nothing is sent there`,
    answers: [redirect(302, location)],
    elsewhere: two,
    outcome: "redirect-refused",
    also: alone,
  };
}
