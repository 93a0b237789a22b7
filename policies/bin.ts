#!/usr/bin/env node
// The pack's own command where it is installed as a package: `npx pgtopology-policies test state.json`.
import { Command, CommanderError } from "commander";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { addPolicyCommands } from "./commands.ts";

const program = new Command("pgtopology-policies").exitOverride();
addPolicyCommands(
  program,
  { out: (text) => process.stdout.write(`${text}\n`), colour: process.stdout.isTTY && !process.env.NO_COLOR },
  (code) => (process.exitCode = code),
);
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else if (error instanceof PgtError) {
    process.stderr.write(`error: ${error.message}\n${error.fix.map((line) => `  → ${line}\n`).join("")}`);
    process.exitCode = error.exitCode;
  } else throw error;
}
