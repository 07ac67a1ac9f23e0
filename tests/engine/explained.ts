import type { Engine, Reason } from "../../core/index.ts";

/** Resolves once the reason of the first record at work, or of the registration, is of this type. */
export async function explained(engine: Engine, id: string, type: Reason["type"]): Promise<Reason> {
  for (;;) {
    const found = await engine.explain(id);
    const reasons = [found?.records[0]?.because, found?.waiting?.because, found?.because];
    const reason = reasons.find((candidate) => candidate?.type === type);
    if (reason !== undefined) return reason;
    await new Promise(setImmediate);
  }
}
