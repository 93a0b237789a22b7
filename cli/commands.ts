import type { Command } from "commander";
import type { ExitCode } from "../kernel/errors.ts";
import { defineBackup } from "./commands/backup.ts";
import { defineBackups } from "./commands/backups.ts";
import { defineCapabilities } from "./commands/capabilities.ts";
import { defineCheck } from "./commands/check.ts";
import { defineCompletion } from "./commands/completion.ts";
import { defineCost } from "./commands/cost.ts";
import { defineDoctor } from "./commands/doctor.ts";
import { defineDown } from "./commands/down.ts";
import { defineDrift } from "./commands/drift.ts";
import { defineEnv } from "./commands/env.ts";
import { defineLimits } from "./commands/limits.ts";
import { defineLogs } from "./commands/logs.ts";
import { definePolicies } from "./commands/policies.ts";
import { definePreview } from "./commands/preview.ts";
import { definePsql } from "./commands/psql.ts";
import { definePulumi } from "./commands/pulumi.ts";
import { defineRoles } from "./commands/roles.ts";
import { defineRotate } from "./commands/rotate.ts";
import { defineSetup } from "./commands/setup.ts";
import { defineStacks } from "./commands/stacks.ts";
import { defineStatus } from "./commands/status.ts";
import { defineTest } from "./commands/test.ts";
import { defineUp } from "./commands/up.ts";
import { defineVerify } from "./commands/verify.ts";
import type { CommandContext } from "./context.ts";

/** Adds one command to the program; `done` takes the exit code. */
export type DefineCommand = (program: Command, context: CommandContext, done: (code: ExitCode) => void) => void;

/** In the order in which help lists them. */
export const COMMANDS: readonly DefineCommand[] = [
  defineUp,
  defineCheck,
  defineCost,
  definePreview,
  defineStacks,
  defineStatus,
  defineVerify,
  defineDrift,
  definePsql,
  defineEnv,
  defineBackup,
  defineBackups,
  defineLogs,
  defineRoles,
  defineRotate,
  defineDown,
  definePolicies,
  defineCapabilities,
  defineLimits,
  definePulumi,
  defineSetup,
  defineDoctor,
  defineTest,
  defineCompletion,
];
