declare module "webidl-conversions" {
  interface Options {
    readonly context?: string;
  }
  const conversions: {
    readonly DOMString: (value: unknown, options?: Options) => string;
    readonly USVString: (value: unknown, options?: Options) => string;
    readonly boolean: (value: unknown) => boolean;
    readonly "unsigned long long": (value: unknown, options?: Options) => number;
  };
  // biome-ignore lint/style/noDefaultExport: what a CommonJS module exports is the default to an ES module
  export default conversions;
}
