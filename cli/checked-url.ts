import { Complaint } from "./complaint.ts";
import { shownUrl } from "./light.ts";

/**
 * The URL as the engine takes it, without its fragment.
 *
 * @throws Complaint that says what to change, and shows neither credentials nor the values of a query.
 */
export function checkedUrl(text: string): string {
  const url = URL.parse(text);
  // `localhost:8080/file` parses, too: as the scheme `localhost:`.
  if (url === null || /^[^/]+:\d/.test(text)) throw new Complaint(notAbsolute(text));
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new Complaint(`Only http: and https: can be fetched, not ${url.protocol} as in ${shownText(text)}.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Complaint(
      `The URL ${shownUrl(url.href)} was given with a user name or password in it. ` +
        "Leave them out, and give them as --header 'Authorization: …' instead.",
    );
  }
  url.hash = "";
  return url.href;
}

function notAbsolute(text: string): string {
  const guess = URL.parse(`https://${text}`);
  const likely = guess?.hostname.includes(".") && guess?.username === "" && !text.includes("://");
  const advice =
    guess !== null && likely
      ? `Did you mean ${shownUrl(guess.href)}?`
      : "Give it whole, as in https://example.com/file.";
  return `${shownText(text)} is not a URL. ${advice}`;
}

/** What is no URL may still be a mistyped one, with its secrets. */
function shownText(text: string): string {
  // What follows an opaque scheme may be a secret as a whole: data:, javascript:.
  const opaque = /^[a-z][a-z\d+.-]*:(?!\/\/)/i.exec(text);
  if (opaque !== null) return `"${opaque[0]}…"`;
  const bare = text.replace(/\/\/[^/]*@/, "//").replace(/[?#].*$/s, "…");
  const visible = bare.replace(/\p{Cc}/gu, "");
  return `"${visible.length > 100 ? `${visible.slice(0, 100)}…` : visible}"`;
}
