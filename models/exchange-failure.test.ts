import { describe, expect, it } from "vitest";
import { exchangeFailure, failureOfStatus, failureOfTransport } from "./exchange-failure.ts";

const now = Date.UTC(2026, 10, 22);
const failureOf = (status: number, headers: Record<string, string> = {}) =>
  failureOfStatus(status, new Headers(headers), now);

describe("failure of a status", () => {
  it.each([
    ["BF-11, C4", 500],
    ["BF-11, C4", 502],
    ["BF-11, C4", 503],
    ["BF-11, C4", 504],
    ["C4: an undefined 5xx means 500", 522],
    ["C5", 408],
    ["C6", 425],
    ["C7", 421],
    ["C1", 429],
    ["C12", 202],
    ["A28", 304],
    ["C13", 511],
  ])("%s: %d may work later", (_, status) => {
    expect(failureOf(status)).toMatchObject({ reason: "bad-status", retryable: true, status });
  });

  it.each([
    ["C8", 401],
    ["C8", 403],
    ["C8", 407],
    ["C9, C10", 404],
    ["C9", 410],
    ["C11", 204],
    ["C11", 205],
    ["D9", 300],
    ["D9", 305],
    ["any other 4xx", 400],
    ["any other 4xx", 412],
    ["any other 4xx", 416],
    ["any other 4xx", 418],
    ["any other 4xx", 451],
    ["a lasting 5xx", 501],
    ["a lasting 5xx", 505],
    ["a lasting 5xx", 507],
  ])("%s: %d does not", (_, status) => {
    expect(failureOf(status, { "retry-after": "5" })).toMatchObject({
      reason: "bad-status",
      retryable: false,
      retryAfterMs: null,
      status,
    });
  });

  it("C1: carries how long the server asks to be left alone", () => {
    expect(failureOf(503, { "retry-after": "120" }).retryAfterMs).toBe(120_000);
    expect(failureOf(503).retryAfterMs).toBeNull();
  });

  it("C13: a captive portal is a network that is not there, a broken server is one that is", () => {
    expect(failureOf(511).unreachable).toBe(true);
    expect(failureOf(503).unreachable).toBe(false);
  });

  it("has a code that says more than the number where there is more to say", () => {
    expect([202, 204, 205, 304, 404].map((status) => failureOf(status).code)).toEqual([
      "accepted-only",
      "empty-answer",
      "empty-answer",
      "not-modified",
      "status",
    ]);
  });
});

describe("failure of a transport", () => {
  it.each(["unreachable", "refused", "interrupted", "timeout", "malformed"] as const)(
    "E10, B19: %s may work later",
    (kind) => {
      expect(failureOfTransport(kind, "It broke")).toEqual({
        reason: "fetch-error",
        code: kind,
        detail: "It broke",
        retryable: true,
        retryAfterMs: null,
        status: null,
        unreachable: kind === "unreachable",
      });
    },
  );

  it("E13: a peer that TLS refused is not asked again", () => {
    expect(failureOfTransport("insecure", "The certificate has expired").retryable).toBe(false);
  });

  it("D10: an address that we must not connect to is not tried again", () => {
    expect(failureOfTransport("forbidden", "That host is private").retryable).toBe(false);
  });

  it("keeps what the caller says of a failure of its own", () => {
    const failure = exchangeFailure("redirect-refused", "The redirect leaves https for http", {
      retryable: false,
      status: 302,
    });

    expect(failure).toMatchObject({ reason: "fetch-error", retryable: false, status: 302, unreachable: false });
  });
});
