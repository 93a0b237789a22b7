// The SDK's runner loads its pack by `require`, which TypeScript in ES modules cannot be: Node itself reads it from here.
// The engine ends the process without a word: what Node has compiled is kept as soon as the pack is loaded.
const { flushCompileCache } = require("node:module");
module.exports = import("./index.ts").then((pack) => {
  flushCompileCache?.();
  return pack;
});
