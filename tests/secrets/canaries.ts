/**
 * Secrets, each in a place of its own. The characters after the name are what base64 and percent-encoding change, so
 * that a copy in another form is another text.
 */
export const canaries = {
  authorization: "Bearer c4nary/authorization+Xq7=",
  cookie: "session=c4nary/cookie+Xq7",
  apiKey: "c4nary/api-key+Xq7",
  provided: "c4nary/provided+Xq7",
  proxyPassword: "c4nary-proxy-password-Xq7",
  userinfo: "c4nary-userinfo-Xq7",
  queryToken: "c4nary-query-token-Xq7",
  signature: "c4nary-signature-Xq7",
  fragment: "c4nary-fragment-Xq7",
  requestBody: "c4nary/request-body+Xq7",
  setCookie: "c4nary/set-cookie+Xq7",
  authToken: "c4nary/auth-token+Xq7",
  thrown: "c4nary/thrown+Xq7",
} as const;

export type Canary = keyof typeof canaries;

const forms: readonly (readonly [Canary, readonly Buffer[]])[] = Object.entries(canaries).map(([name, value]) => [
  name as Canary,
  formsOf(value),
]);

/** Which secrets are somewhere in these bytes: as they are, in base64 at any offset, in hexadecimal, or percent-encoded. */
export function found(bytes: Buffer | string): readonly Canary[] {
  const hay = Buffer.from(bytes);
  return forms.filter(([, needles]) => needles.some((needle) => hay.includes(needle))).map(([name]) => name);
}

function formsOf(value: string): readonly Buffer[] {
  // Long enough to be nobody else's, and the part that a wrapper around the value does not touch.
  const core = Buffer.from(value.slice(value.indexOf("c4nary")));
  const hex = core.toString("hex");
  const percent = hex.replace(/../g, "%$&");
  const texts = [
    core.toString(),
    encodeURIComponent(core.toString()),
    JSON.stringify(core.toString()).slice(1, -1),
    hex,
    hex.toUpperCase(),
    percent,
    percent.toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => base64At(core, shift)),
  ];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(core.toString(), "utf16le")];
}

/** What of the value can be told in base64 when it begins `shift` bytes after a group of three does. */
function base64At(value: Buffer, shift: number): readonly string[] {
  const text = Buffer.concat([Buffer.alloc(shift), value])
    .toString("base64")
    .replace(/=+$/, "");
  const inner = text.slice(shift === 0 ? 0 : shift + 1, text.length - 2);
  return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
}
