import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { ipv4Range, isWithinRange, overlaps } from "../../../../topology/validate/ipv4-range.ts";

const cidr = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(32))
  .map(([a, b, c, d, length]) => `${a}.${b}.${c}.${d}/${length}`);

describe("ipv4Range", () => {
  it("knows both ends of a range, and how it is written", () => {
    const range = ipv4Range("10.1.2.200/26");
    assert.deepEqual(range, {
      first: 0x0a0102c0,
      last: 0x0a0102ff,
      prefixLength: 26,
      text: "10.1.2.192/26",
      isNetwork: false,
    });
    assert.equal(ipv4Range("255.255.255.255/32").last, 2 ** 32 - 1);
    assert.equal(ipv4Range("0.0.0.0/0").last, 2 ** 32 - 1);
  });

  it("writes the network of any range, which is the same range", () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const range = ipv4Range(text);
        const again = ipv4Range(range.text);
        assert.deepEqual(again, { ...range, isNetwork: true });
        assert.equal(range.last - range.first + 1, 2 ** (32 - range.prefixLength));
      }),
    );
  });

  it("finds an overlap exactly where one range is within the other", () => {
    fc.assert(
      fc.property(cidr, cidr, (one, other) => {
        const [a, b] = [ipv4Range(one), ipv4Range(other)];
        assert.equal(overlaps(a, b), isWithinRange(a, b) || isWithinRange(b, a));
      }),
    );
    assert.equal(overlaps(ipv4Range("172.17.0.0/16"), ipv4Range("172.16.0.0/12")), true);
    assert.equal(overlaps(ipv4Range("172.17.0.0/16"), ipv4Range("172.18.0.0/16")), false);
  });
});
