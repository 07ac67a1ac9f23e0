import { describe, expect, it } from "vitest";
import { hostAndPortOf, isLoopback } from "./host-and-port.ts";

describe("host and port", () => {
  it("are those that a connection for the origin takes", () => {
    expect(hostAndPortOf("https://a.example")).toEqual({ host: "a.example", port: 443 });
    expect(hostAndPortOf("http://a.example:8080")).toEqual({ host: "a.example", port: 8080 });
    expect(hostAndPortOf("http://[2001:db8::1]")).toEqual({ host: "2001:db8::1", port: 80 });
  });

  it("know this machine", () => {
    const local = ["http://localhost", "http://a.localhost", "http://127.9.9.9", "http://[::1]", "http://2130706433"];
    expect(local.map((origin) => isLoopback(hostAndPortOf(origin).host))).toEqual(local.map(() => true));
    const away = ["http://127.example", "http://localhost.example", "http://10.0.0.1", "http://[::2]"];
    expect(away.map((origin) => isLoopback(hostAndPortOf(origin).host))).toEqual(away.map(() => false));
  });
});
