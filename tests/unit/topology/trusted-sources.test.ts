// Who may connect on DigitalOcean, and that the reference says so. Does not prove that the platform keeps others out.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import { access } from "../../../topology/spec/access.ts";
import { isWorldOpen, openPorts, trustedSources } from "../../../topology/trusted-sources.ts";

const CIDR = "10.100.0.0/24";
const OFFICE = "198.51.100.0/28";

function resolved(data: object | undefined): ResolvedDigitalOcean {
  const ssh = { keys: ["12345"], sources: ["203.0.113.7/32"] };
  const wished = { sources: [OFFICE], ...(data && { ssh }) };
  return resolveTopology({ target: "digitalocean", region: "nyc3", access: wished, ...(data && { data }) }, "unit");
}

describe("who may connect on DigitalOcean", () => {
  it("to the primary beside a data host: that host and what is named, and not the whole VPC", () => {
    assert.deepEqual(trustedSources(resolved({}), { cidr: CIDR, dataHostId: "4711" }), [
      { type: "droplet", value: "4711" },
      { type: "ip_addr", value: OFFICE },
    ]);
  });

  it("to the primary alone: the VPC and what is named", () => {
    assert.deepEqual(trustedSources(resolved(undefined), { cidr: CIDR, dataHostId: undefined }), [
      { type: "ip_addr", value: CIDR },
      { type: "ip_addr", value: OFFICE },
    ]);
  });

  it("to the data host: the VPC and what is named, and by SSH only who is named for that", () => {
    assert.deepEqual(openPorts(resolved({}), { cidr: CIDR }), [
      { port: 5432, sources: [CIDR, OFFICE] },
      { port: 6432, sources: [CIDR, OFFICE] },
      { port: 22, sources: ["203.0.113.7/32"] },
    ]);
    assert.deepEqual(openPorts(resolved(undefined), { cidr: CIDR }), []);
  });

  it("is what the reference says of access.sources", () => {
    const said = access.shape.sources.meta()?.description ?? "";
    assert.match(said, /data host is open to the VPC/);
    assert.match(said, /Beside a data host, the primary trusts that host and these alone/);
    assert.match(said, /Without one it trusts the VPC/);
  });

  it("is nobody in a range that nobody owns alone", () => {
    assert.deepEqual(["0.0.0.0/0", "::/0", "10.0.0.0/7", "10.0.0.0/8", OFFICE].map(isWorldOpen), [
      ...[true, true, true],
      ...[false, false],
    ]);
  });
});
