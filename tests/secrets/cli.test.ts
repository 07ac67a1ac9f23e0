import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type CliHome, cliHome, type Ended } from "../cli/cli-home.ts";
import { createForwardProxy } from "../origin/forward-proxy.ts";
import { canaries, found } from "./canaries.ts";
import { redirectTo, secretFields } from "./scenario.ts";
import { createTappedServer } from "./tapped-server.ts";
import { allowed, atRest, leaks } from "./witness.ts";

/** The command line itself is in `ps` and in the shell's history: that is the user's to know (docs/cli.md). */
const withSecrets = (url: string): readonly string[] => [
  `${url}?token=${canaries.queryToken}#${canaries.fragment}`,
  ...[
    `Authorization: ${canaries.authorization}`,
    `Cookie: ${canaries.cookie}`,
    `X-Api-Key: ${canaries.apiKey}`,
  ].flatMap((line) => ["--header", line]),
];

/** Everything that the commands say of this store afterwards. */
async function lookAt(home: CliHome): Promise<readonly Ended[]> {
  const { stdout } = await home.run(["ls", "--json"]);
  const id = String(JSON.parse(stdout.split("\n")[0] || "{}").id);
  return [await home.run(["ls"]), await home.run(["show", id]), await home.run(["show", id, "--json"])];
}

async function expectNoLeak(home: CliHome, ended: readonly Ended[]): Promise<void> {
  expect(found(ended.map(({ stdout, stderr }) => stdout + stderr).join("\n"))).toEqual([]);
  expect(leaks((await atRest(home.at("data"))).keys(), allowed.atRest)).toEqual([]);
}

describe("the command", () => {
  // Mutants: a URL is printed as it is; the response's URL is stored; the proxy's URL is in an error.
  it("N11 N12 G-17 prints no secret of a download that succeeds, by a redirect and through a proxy", async () => {
    await using there = await createTappedServer(
      (_, response) => void response.writeHead(200, secretFields).end("film"),
    );
    await using here = await createTappedServer(redirectTo(`${there.url}/there`));
    await using proxy = await createForwardProxy();
    const home = cliHome();
    const env = { HTTP_PROXY: proxy.url.replace("//", `//me:${canaries.proxyPassword}@`), LONGHAUL_DEBUG: "1" };

    const ended = await home.run(["get", "--json", "-o", "film", ...withSecrets(`${here.url}/film`)], { env });

    expect(ended).toMatchObject({ code: 0 });
    expect(await readFile(home.at("film"), "utf8")).toBe("film");
    expect(proxy.requests.length).toBeGreaterThan(0);
    await expectNoLeak(home, [ended, ...(await lookAt(home))]);
    expect(found(there.heard())).toEqual(allowed.otherOrigin);
  });

  it.each([
    ["that the server refuses", 403, undefined],
    ["that the proxy refuses", 200, 407],
    ["that the proxy cannot make", 200, 502],
  ] as const)("N11 N12 G-17 prints no secret of a download %s", async (_, status, refuse) => {
    await using server = await createTappedServer((_request, response) => {
      response.writeHead(status, secretFields).end("no");
    });
    await using proxy = await createForwardProxy(refuse === undefined ? {} : { refuse });
    const home = cliHome();
    const env = { HTTP_PROXY: proxy.url.replace("//", `//me:${canaries.proxyPassword}@`), LONGHAUL_DEBUG: "1" };

    const ended = await home.run(["get", "--retries", "0", ...withSecrets(`${server.url}/film`)], { env });

    expect(ended.code).toBe(1);
    await expectNoLeak(home, [ended, ...(await lookAt(home))]);
  });

  it.each([
    ["a URL with a password", [`http://me:${canaries.userinfo}@127.0.0.1/?${canaries.queryToken}`]],
    ["what is no URL", [`http://me:${canaries.userinfo}@a b/?${canaries.queryToken}`]],
    ["a header field with a line end", ["http://127.0.0.1/", "--header", `A: ${canaries.apiKey}\nB: c`]],
    ["a header field without a colon", ["http://127.0.0.1/", "--header", canaries.apiKey]],
  ])("N9 N11 quotes no secret of %s", async (_, args) => {
    const ended = await cliHome().run(["get", ...args], { env: { LONGHAUL_DEBUG: "1" } });

    expect(ended.code).toBe(2);
    expect(found(ended.stdout + ended.stderr)).toEqual([]);
  });
});
