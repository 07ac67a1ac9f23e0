import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The names each source file exports, in the order of the alphabet: a type's with `type` before it. */
export function exportsOf(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    files.map((file) => root + file),
    options,
  );
  const checker = program.getTypeChecker();

  const namesIn = (file: string): string[] => {
    const source = program.getSourceFile(root + file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    return checker.getExportsOfModule(module).map((symbol) => {
      const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return meant.flags & ts.SymbolFlags.Value ? symbol.name : `type ${symbol.name}`;
    });
  };
  return new Map(files.map((file) => [file, namesIn(file).sort()]));
}
