type Sqlite = typeof import("node:sqlite");

let loaded: Sqlite | null = null;

/**
 * Node's own SQLite, without the warning that it is experimental.
 *
 * Whoever runs `longhaul` did not choose the module and can do nothing about the warning. Only this one is held back,
 * and only while the module is being loaded.
 *
 * @throws TypeError on a runtime that has none.
 */
export function loadSqlite(): Sqlite {
  loaded ??= loadQuietly();
  return loaded;
}

function loadQuietly(): Sqlite {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    const message = warning instanceof Error ? warning.message : warning;
    if (!message.startsWith("SQLite is an experimental feature")) emitWarning.call(process, warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    const sqlite = process.getBuiltinModule("node:sqlite") as Sqlite | undefined;
    if (sqlite === undefined) throw new TypeError("This runtime has no node:sqlite; Node has it since 22.13");
    return sqlite;
  } finally {
    process.emitWarning = emitWarning;
  }
}
