import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * Who may import whom: a room may import itself, and the rooms named here. Nothing imports back.
 * docs/architecture.md says what each room is for.
 */
const MAY_IMPORT = {
  kernel: [],
  topology: ["kernel"],
  config: ["topology", "kernel"],
  rendering: ["topology", "kernel"],
  roles: ["topology", "kernel"],
  requirements: ["topology", "kernel"],
  "provider-bugs": ["topology", "kernel"],
  components: ["topology", "rendering", "kernel"],
  facts: ["topology", "requirements", "roles", "kernel"],
  policies: ["requirements", "facts", "topology", "config", "kernel"],
  verify: ["requirements", "facts", "topology", "roles", "kernel"],
  preview: ["topology", "facts", "requirements", "kernel"],
  ssh: ["rendering", "kernel"],
  tools: [],
};
const ROOMS = [...Object.keys(MAY_IMPORT), "cli", "docs", "bench", "tests"];

/** Pulumi and pg stay out of the rooms that decide. */
const PURE = ["kernel", "topology", "rendering", "roles", "requirements", "provider-bugs"];
const OUTSIDE_PURE = ["@pulumi/*", "pg", "dockerode", "node:fs*", "node:net", "node:child_process"];

const arrows = Object.entries(MAY_IMPORT).flatMap(([room, allowed]) => {
  const forbidden = ROOMS.filter((other) => other !== room && !allowed.includes(other));
  // As many steps up as the file is deep: `../facts/` from requirements/access/ is a folder of requirements/.
  return [1, 2, 3, 4].map((depth) => {
    const patterns = [
      {
        regex: `^(\\.\\./){${depth}}(${forbidden.join("|")})/`,
        message: `${room}/ may import ${allowed.length > 0 ? allowed.join(", ") : "nothing of ours"} only.`,
      },
    ];
    if (PURE.includes(room)) patterns.push({ group: OUTSIDE_PURE, message: `${room}/ is pure.` });
    const files = [`${room}/${"*/".repeat(depth - 1)}*.ts`];
    return { files, rules: { "no-restricted-imports": ["error", { patterns }] } };
  });
});

export default defineConfig(
  globalIgnores([".toolchain/", ".pgt/", "node_modules/", "docs/reference/"]),
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
    },
  },
  {
    files: ["**/*.cjs", "eslint.config.js"],
    languageOptions: { globals: { require: "readonly", module: "writable", process: "readonly", console: "readonly" } },
  },
  {
    // A suite is one long function by the nature of mocha, and a promise that a test makes is mocha's to wait for.
    files: ["tests/**/*.ts"],
    rules: { "max-lines-per-function": "off", "@typescript-eslint/no-floating-promises": "error" },
  },
  ...arrows,
);
