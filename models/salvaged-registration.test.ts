import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BodyNote, parseBodyNote } from "./body-note.ts";
import type { RecordRow } from "./record-row.ts";
import type { RegistrationRow } from "./registration-row.ts";
import { salvagedRegistrations } from "./salvaged-registration.ts";

const bodyIdOf = (n: number): string => n.toString(16).padStart(32, "0");

function noteOf(body: number, { uid = 1, id = "one", index = 0, records = 1, downloaded = 0 } = {}): BodyNote {
  const registration: RegistrationRow = {
    ...{ v: 1, uid, id, title: "", icons: [], downloadTotal: 0, uploadTotal: 0, createdAt: 1, phase: "active" },
    ...{ paused: false, failureReason: null, records, settled: 3, succeeded: 3, downloaded, uploaded: 0, cursor: 3 },
    ...{ retained: false, pausable: true, priority: "auto", retry: null },
  };
  const record: RecordRow = {
    ...{ v: 1, index, url: `http://origin/${index}`, method: "GET", headers: [["accept", "*/*"]], requestBody: null },
    ...{
      destination: null,
      replace: false,
      state: "pending",
      failure: null,
      sent: false,
      movedOut: false,
      uploaded: 0,
    },
    response: { status: 200, statusText: "OK", headers: [], url: "http://origin/" },
    generation: {
      bodyId: bodyIdOf(body),
      representation: { validator: { kind: "etag", value: '"1"' }, total: 1_000, coding: null },
      received: [{ start: 0, end: 999 }],
    },
    ...{ settings: {}, integrity: "", refusal: null, deadline: null, kept: null },
  };
  return { v: 1, registration, record };
}

const summary = (found: Parameters<typeof salvagedRegistrations>[0], taken: readonly string[] = []) =>
  salvagedRegistrations(found, taken).map(({ registration: { uid, phase, retained, downloaded }, records }) => [
    ...[uid, retained ? "retained" : phase, downloaded],
    records.map(({ index, generation }) => [index, generation?.received[0]?.end ?? 0]),
  ]);

describe("registrations that are rebuilt", () => {
  it("go on if every record was found, with the proven bytes alone", () => {
    const found = [
      { note: noteOf(1, { records: 2, index: 1 }), proven: 700 },
      { note: noteOf(2, { records: 2, index: 0 }), proven: 0 },
    ];

    expect(summary(found)).toEqual([
      [
        1,
        "active",
        700,
        [
          [0, 0],
          [1, 700],
        ],
      ],
    ]);
    expect(salvagedRegistrations(found, [])[0]?.registration).toMatchObject({ settled: 0, succeeded: 0, cursor: 0 });
  });

  it("are kept for the next fetch if not, or if their id is taken, and let go without any byte", () => {
    expect(summary([{ note: noteOf(1, { records: 2, index: 1 }), proven: 700 }])).toEqual([
      [1, "retained", 700, [[0, 700]]],
    ]);
    expect(summary([{ note: noteOf(1), proven: 700 }], ["one"])).toEqual([[1, "retained", 700, [[0, 700]]]]);
    expect(summary([{ note: noteOf(1, { records: 2 }), proven: 0 }])).toEqual([]);
  });

  it("of two with one id the newer goes on; of two bodies of one record the fuller counts", () => {
    const found = [
      { note: noteOf(1, { uid: 1 }), proven: 900 },
      { note: noteOf(2, { uid: 2 }), proven: 10 },
      { note: noteOf(3, { uid: 2 }), proven: 20 },
    ];

    expect(summary(found)).toEqual([
      [1, "retained", 900, [[0, 900]]],
      [2, "active", 20, [[0, 20]]],
    ]);
  });

  it("G3 are the same whatever the order in which the bodies are found", () => {
    const body = fc.record({
      uid: fc.integer({ min: 1, max: 3 }),
      index: fc.nat({ max: 2 }),
      proven: fc.nat({ max: 1_200 }),
    });
    const bodies = fc.array(body, { maxLength: 8 }).map((list) =>
      list.map(({ proven, ...ids }, n) => ({
        proven,
        note: noteOf(n, { ...ids, records: 2 + (ids.uid % 2), id: `id${ids.uid % 2}` }),
      })),
    );
    const shuffled = bodies.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(salvagedRegistrations(other, [])).toEqual(salvagedRegistrations(list, []));
      }),
    );
  });
});

describe("a body's note", () => {
  it("is read as it was written, after JSON", () => {
    const note = noteOf(7);

    expect(parseBodyNote(bodyIdOf(7), JSON.parse(JSON.stringify(note)))).toEqual(note);
  });

  // Mutant: a check that looks at `v` alone.
  it("I11 is none if it is of another body, of another version, or of any other shape", () => {
    const note = noteOf(7);
    const paths = [
      "v",
      "registration.uid",
      "registration.records",
      "record.url",
      "record.headers",
      "record.generation.received",
    ];
    expect(parseBodyNote(bodyIdOf(8), note)).toBeNull();
    expect(parseBodyNote(bodyIdOf(7), { ...note, record: { ...note.record, method: "POST" } })).toBeNull();
    expect(parseBodyNote(bodyIdOf(7), { ...note, record: { ...note.record, index: 1 } })).toBeNull();
    for (const path of paths) {
      for (const value of [undefined, -1, Number.NaN, {}, [[1]], true]) {
        const copy = structuredClone(note) as unknown as Record<string, Record<string, unknown>>;
        const names = path.split(".");
        const last = names.pop() ?? "";
        const place = names.reduce<Record<string, unknown>>(
          (object, name) => object[name] as Record<string, unknown>,
          copy,
        );
        place[last] = value;
        expect(parseBodyNote(bodyIdOf(7), copy), `${path} ${String(value)}`).toBeNull();
      }
    }
    for (const value of [null, 1, "note", [], {}]) expect(parseBodyNote(bodyIdOf(7), value)).toBeNull();
  });
});
