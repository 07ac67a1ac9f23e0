/** A rule, and a change of one place of the sources that breaks it. The tests must notice (npm run mutants). */
export interface Mutant {
  readonly rule: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

export const mutants: readonly Mutant[] = [
  {
    rule: "an empty sequence is refused before permission is asked for",
    file: "core/intake.ts",
    find: 'if (requests.length === 0) throw new TypeError("At least one request is needed");',
    replace: "",
  },
  {
    rule: "no-cors is refused",
    file: "core/intake.ts",
    find: 'request.mode === "no-cors"',
    replace: 'request.mode === "same-origin"',
  },
  {
    rule: "a denied permission refuses the fetch",
    file: "core/background-fetch-manager.ts",
    find: 'permission === "denied"',
    replace: 'permission !== "denied" && permission !== "granted" && permission !== "prompt"',
  },
  {
    rule: "an active id is refused",
    file: "core/active-fetches.ts",
    find: "if (active.has(id) || reserved.has(id)) return false;",
    replace: "if (reserved.has(id)) return false;",
  },
  {
    rule: "the id is free before the event is fired",
    file: "core/delivery.ts",
    find: "  active.deactivate(run);\n",
    replace: "  setTimeout(() => active.deactivate(run), 50);\n",
  },
  {
    rule: "one fetch is one object",
    file: "core/active-fetches.ts",
    find: "if (known !== undefined) return known;",
    replace: "",
  },
  {
    rule: "abort() ends in the abort event",
    file: "core/delivery.ts",
    find: '  aborted: "backgroundfetchabort",',
    replace: '  aborted: "backgroundfetchfail",',
  },
  {
    rule: "only the first call of abort() is true",
    file: "core/registration-run.ts",
    find: "    if (this.#actor.settled()) return false;\n",
    replace: "",
  },
  {
    rule: "a bad status waits for the other records",
    file: "models/registration.machine.ts",
    find: 'endsAtOnce: (_, { failureReason }: Settlement) => failureReason === "download-total-exceeded",',
    replace: "endsAtOnce: (_, { failureReason }: Settlement) => failureReason !== null,",
  },
  {
    rule: "the first failure in time is the reason",
    file: "models/registration-totals.ts",
    find: "failureReason: totals.failureReason ?? reasonOf(to),",
    replace: "failureReason: reasonOf(to) ?? totals.failureReason,",
  },
  {
    rule: "anything but GET is sent once",
    file: "models/record-row.ts",
    find: 'return row.method === "GET";',
    replace: 'return row.method !== "";',
  },
  {
    rule: "records are let go only when waitUntil() has settled",
    file: "core/extendable-event.ts",
    find: "    this.#pending.add(pending);\n",
    replace: "",
  },
  {
    rule: "updateUI() may be called once",
    file: "core/background-fetch-update-ui-event.ts",
    find: "    this.#updated = true;\n",
    replace: "",
  },
  {
    rule: "progress is not fired without a change",
    file: "core/background-fetch-registration.ts",
    find: "if (!same) this.dispatchEvent",
    replace: "this.dispatchEvent",
  },
  {
    rule: "a POST is matched only with ignoreMethod",
    file: "models/request-match.ts",
    find: 'query.method !== "GET" || row.method !== "GET"',
    replace: "query.method !== row.method",
  },
  {
    rule: "a response has no Content-Length",
    file: "core/response-of-record.ts",
    find: '"content-length", ',
    replace: "",
  },
  {
    rule: "responseReady resolves at the headers",
    file: "core/record-run.ts",
    find: "      announced = arriving;\n",
    replace: "      announced = null;\n",
  },
];
