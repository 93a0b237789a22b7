// Runs a policy pack as the Node.js language host does, by the SDK's own runner, which it takes from the pack's folder.
// The compiler that the runner would register is left out: our packs start with a .cjs file, and Node strips types.
const { createRequire, enableCompileCache } = require("node:module");
const path = require("node:path");

// Node keeps what it has compiled beside the toolchain: the second start takes half the time.
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? path.join(module.path, "../../.toolchain/compile-cache"));

const [engineAddress, pack] = process.argv.slice(2);
if (engineAddress === undefined || pack === undefined) {
  console.error("usage: pulumi-analyzer-policy-nodejs <engine-address> <policy-pack>");
  process.exit(2);
}

const logged = new Set();
const uncaught = new Set();
const remember = (error) => uncaught.add(error);
process.on("uncaughtException", remember);
process.on("unhandledRejection", remember);
// The engine takes exit code 32 as "failed, and the user was told why"; 0 would mean that every policy had run.
process.on("exit", (code) => {
  if (code !== 0 || uncaught.size === 0) return;
  process.exitCode = [...uncaught].every((error) => logged.has(error)) ? 32 : 1;
});

const { run } = createRequire(path.resolve(pack, "package.json"))("@pulumi/pulumi/cmd/run-policy-pack/run");
void run({
  argv: { _: [pack] },
  programStarted: () => {},
  reportLoggedError: (error) => logged.add(error),
  typeScript: false,
});
