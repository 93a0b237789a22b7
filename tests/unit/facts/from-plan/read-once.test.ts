// What is read of an object once. Does not prove that it is forgotten with the object: that is the engine's.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readOnce } from "../../../../facts/from-plan/read-once.ts";

describe("what is read once", () => {
  for (const value of ["text", undefined, false, null]) {
    it(`is not read again of the same object when it is ${String(value)}`, () => {
      let times = 0;
      const read = readOnce(() => (times++, value));
      const object = {};
      assert.equal(read(object), value);
      assert.equal(read(object), value);
      assert.equal(times, 1);
    });
  }

  it("is read of another object, though it looks the same", () => {
    const read = readOnce(({ name }: { name: string }) => [name]);
    const [one, other] = [{ name: "a" }, { name: "a" }];
    assert.deepEqual(read(one), read(other));
    assert.notEqual(read(one), read(other));
  });

  it("is tried again after an error", () => {
    let times = 0;
    const read = readOnce(() => {
      if (times++ === 0) throw new Error("not yet");
      return "read";
    });
    const object = {};
    assert.throws(() => read(object), /not yet/);
    assert.equal(read(object), "read");
  });
});
