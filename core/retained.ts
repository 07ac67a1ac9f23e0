import type { RegistrationRow } from "../models/registration-row.ts";
import type { EngineServices } from "./engine-services.ts";
import { putRegistration } from "./journal.ts";
import { releaseRecords } from "./release.ts";

/** Failed registrations whose bytes are kept for the next fetch of the same id. */
export interface Retained {
  /** From now on the caller's alone: `keep` it, or let it go. */
  take(id: string): RegistrationRow | null;
  /** Of two under one id the later one stays. */
  keep(row: RegistrationRow): Promise<void>;
  letGo(row: RegistrationRow): Promise<void>;
}

export function createRetained(services: EngineServices): Retained {
  const rows = new Map<string, RegistrationRow>();

  async function letGo(row: RegistrationRow): Promise<void> {
    await services.journal.commit([putRegistration({ ...row, retained: false })]);
    await releaseRecords(services, row);
  }

  return {
    take(id) {
      const row = rows.get(id) ?? null;
      rows.delete(id);
      return row;
    },
    async keep(row) {
      const other = rows.get(row.id);
      const [earlier, later] = other === undefined || other.uid < row.uid ? [other, row] : [row, other];
      rows.set(row.id, later);
      if (earlier !== undefined) await letGo(earlier);
    },
    letGo,
  };
}
