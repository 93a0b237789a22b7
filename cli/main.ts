import { enableCompileCache } from "node:module";
import { EXIT } from "../kernel/errors.ts";
import { createContext } from "./context.ts";
import { runProgram } from "./program.ts";

// Node keeps what it has compiled beside the toolchain: the second start of a command takes half the time.
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? `${import.meta.dirname}/../.toolchain/compile-cache`);

// A reader that goes away (`pgt logs | head`) ends the command quietly.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.ok);
    throw error;
  });
}

const context = createContext();
process.exitCode = await runProgram(context, process.argv.slice(2));
// Handles that a library keeps open (an agent's sockets, the engine's server) must not keep the command alive.
process.stdout.write("", () => process.stderr.write("", () => process.exit()));
