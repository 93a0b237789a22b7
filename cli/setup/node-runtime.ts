import type { Part } from "./part.ts";

/** The Node that runs this: the launcher found or installed it. */
export const nodeRuntime: Part<{ readonly path: string }> = {
  title: "Node",
  find: () =>
    Promise.resolve({
      value: { path: process.execPath },
      version: process.versions.node,
      from: process.execPath,
    }),
  ways: [],
};
