// How commands name one of a stack's two databases. It does not reach any.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { completionWords } from "../../../cli/completion/completion-words.ts";
import { createContext } from "../../../cli/context.ts";
import { createProgram } from "../../../cli/program.ts";
import { chooseDatabase } from "../../../cli/stack/choose-database.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { CLIENTS } from "../../../topology/connection-url.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { databasesOf } from "../../../topology/resolved-docker.ts";

const split = databasesOf(resolveTopology({ target: "docker", data: { database: "facts" } }, "local"));
const single = databasesOf(resolveTopology({ target: "docker" }, "local"));

function choicesOf(command: string, option: string): readonly string[] | undefined {
  const { commands } = completionWords(createProgram(createContext(), () => undefined));
  return commands.find(({ name }) => name === command)?.options.find(({ long }) => long === option)?.choices;
}

describe("one of a stack's databases", () => {
  it("is the primary or the data database, whatever it is called", () => {
    assert.equal(chooseDatabase(split, "primary").topology.database, "app");
    assert.equal(chooseDatabase(split, "data").topology.database, "facts");
  });

  it("is refused where the stack has none such", () => {
    assert.equal(chooseDatabase(single, "primary").topology.database, "app");
    assert.throws(
      () => chooseDatabase(single, "data"),
      (error) => error instanceof PgtError && error.exitCode === EXIT.usage && error.message.includes("stack local"),
    );
  });

  it("is chosen alike by every command that works on one", () => {
    for (const command of ["psql", "backup", "backups"]) {
      assert.deepEqual(choicesOf(command, "--database"), ["primary", "data"], command);
    }
  });
});

describe("the clients of pgt env", () => {
  it("are those whose words are known", () => {
    assert.deepEqual(choicesOf("env", "--client"), CLIENTS);
  });
});
