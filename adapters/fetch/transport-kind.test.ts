import { describe, expect, it } from "vitest";
import { codeOf, kindOfCode } from "./transport-kind.ts";

describe("the kind of an error code", () => {
  // E10, E11, E13: each code of the rows has its line here.
  for (const [kind, codes] of Object.entries({
    unreachable: ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN", "EADDRNOTAVAIL"],
    refused: ["ECONNREFUSED", "ConnectionRefused"],
    interrupted: ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "HPE_INVALID_EOF_STATE"],
    timeout: ["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"],
    insecure: [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "CERT_HAS_EXPIRED",
      "CERT_NOT_YET_VALID",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "ERR_SSL_WRONG_VERSION_NUMBER",
    ],
    malformed: ["HPE_INVALID_CONSTANT", "UND_ERR_HEADERS_OVERFLOW"],
  })) {
    for (const code of codes) {
      it(`is ${kind} for ${code}`, () => {
        expect(kindOfCode(code)).toBe(kind);
      });
    }
  }

  it("is not guessed for a code that nobody knows", () => {
    expect(kindOfCode("ESOMETHING")).toBeUndefined();
    // A name that every object has.
    expect(kindOfCode("constructor")).toBeUndefined();
  });
});

describe("the code of an error", () => {
  const coded = Object.assign(new Error("inner"), { code: "ECONNREFUSED" });

  it("is its own, or that of its cause, or of the errors it gathers", () => {
    expect(codeOf(coded)).toBe("ECONNREFUSED");
    expect(codeOf(new TypeError("fetch failed", { cause: coded }))).toBe("ECONNREFUSED");
    expect(codeOf(new AggregateError([new Error("no code"), coded]))).toBe("ECONNREFUSED");
    expect(codeOf("a string")).toBeUndefined();
  });

  it("is found in no time in an error that causes itself", () => {
    const error = new Error("loop");
    error.cause = error;

    expect(codeOf(error)).toBeUndefined();
  });
});
