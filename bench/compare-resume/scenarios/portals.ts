import { page } from "../answer.ts";
import { conformant } from "../conformant.ts";
import type { Scenario } from "../scenario.ts";
import { before } from "../version.ts";

const login = page(200, "text/html", "<form>Room number: <input name=room></form>\n");

/** A network that answers in the server's name until somebody has logged in. */
export const portals: readonly Scenario[] = [
  {
    name: "captive portal once",
    story: "The first request after the break is answered with a login page and 200, by the network.",
    begins: before,
    right: before.bytes,
    answer: (request, nth) => (nth === 1 ? login : conformant(request, before)),
  },
  {
    name: "captive portal for ever",
    story: "The login page never goes away.",
    begins: before,
    right: null,
    answer: () => login,
  },
];
