// How an address of a Docker Engine is read. Does not prove that any engine answers there.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, it } from "mocha";
import { dockerClient, parseDockerHost } from "../../../cli/setup/docker-client.ts";
import { PgtError } from "../../../kernel/errors.ts";

describe("the address of a Docker Engine", () => {
  it("is a socket file", () => {
    assert.deepEqual(parseDockerHost("unix:///run/docker.sock", {}), { kind: "unix", socketPath: "/run/docker.sock" });
  });

  it("is a host and a port, which are Docker's own unless told", () => {
    assert.deepEqual(parseDockerHost("tcp://10.0.0.5:9999", {}), { kind: "tcp", host: "10.0.0.5", port: 9999 });
    assert.deepEqual(parseDockerHost("tcp://engine", {}), { kind: "tcp", host: "engine", port: 2375 });
  });

  it("is spoken to by TLS when DOCKER_TLS_VERIFY or DOCKER_CERT_PATH is set", () => {
    const secured = { kind: "tcp", host: "engine", port: 2376 };
    assert.deepEqual(parseDockerHost("tcp://engine", { DOCKER_TLS_VERIFY: "1", HOME: "/home/ann" }), {
      ...secured,
      certificates: "/home/ann/.docker",
    });
    assert.deepEqual(parseDockerHost("tcp://engine", { DOCKER_CERT_PATH: "/certs" }), {
      ...secured,
      certificates: "/certs",
    });
  });

  it("is refused behind ssh, with the command that forwards its socket", () => {
    assert.throws(
      () => parseDockerHost("ssh://ann@engine", {}),
      (error) =>
        error instanceof PgtError &&
        error.exitCode === 3 &&
        error.fix.some((line) => line.includes("ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock ann@engine")),
    );
  });

  for (const wrong of ["unix://docker.sock", "engine:2375", "npipe:////./pipe/docker_engine", "tcp://", ""]) {
    it(`is refused when it is "${wrong}"`, () => {
      assert.throws(() => parseDockerHost(wrong, {}), {
        message: new RegExp(`^DOCKER_HOST: got "${escape(wrong)}", want`),
      });
    });
  }

  it("names the certificate that can't be read", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "pgt-test-"));
    try {
      assert.throws(() => dockerClient("tcp://engine", { DOCKER_CERT_PATH: folder }), {
        message: new RegExp(`^DOCKER_CERT_PATH: ${escape(path.join(folder, "ca.pem"))} can't be read`),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
