/** What PocketBase's JavaScript VM adds to the language and its own types.d.ts leaves out. */

interface Console {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
}

declare const console: Console;

/** The hooks load one module only: the engine bundle, by its absolute path. */
declare function require(path: string): typeof import("../hooks/engine");
