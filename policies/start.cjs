// The SDK's runner loads its pack by `require`, which TypeScript in ES modules cannot be: Node itself reads it from here.
module.exports = import("./index.ts");
