// Where a Docker Engine is looked for, with homes made for the test. Does not prove that any engine answers there.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { chosenPlace, usualPlaces } from "../../../cli/setup/docker-places.ts";

describe("the Docker Engine that the user chose", () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(path.join(tmpdir(), "pgt-test-"))));
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  it("is none when nothing says so, and when the context is the default one", () => {
    assert.equal(chosenPlace({ HOME: home }), undefined);
    write(".docker/config.json", { auths: {}, currentContext: "default" });
    assert.equal(chosenPlace({ HOME: home }), undefined);
  });

  it("is DOCKER_HOST before any context", () => {
    makeContext("work", "tcp://work:2376");
    const place = chosenPlace({ HOME: home, DOCKER_HOST: "unix:///a.sock", DOCKER_CONTEXT: "work" });
    assert.deepEqual(place, {
      host: "unix:///a.sock",
      because: "DOCKER_HOST",
      environment: { DOCKER_HOST: "unix:///a.sock" },
    });
  });

  it("is the current context of the docker CLI, and DOCKER_CONTEXT before it", () => {
    makeContext("desk", "unix:///desk.sock");
    makeContext("work", "unix:///work.sock");
    write(".docker/config.json", { currentContext: "desk" });
    assert.equal(chosenPlace({ HOME: home })?.host, "unix:///desk.sock");
    const chosen = chosenPlace({ HOME: home, DOCKER_CONTEXT: "work" });
    assert.equal(chosen?.host, "unix:///work.sock");
    assert.equal(chosen.because, 'the docker context "work"');
    assert.equal(chosenPlace({ HOME: home, DOCKER_CONTEXT: "default" }), undefined);
  });

  it("brings the certificates of its context", () => {
    makeContext("work", "tcp://work:2376");
    const certificates = path.join(home, ".docker/contexts/tls", idOf("work"), "docker");
    mkdirSync(certificates, { recursive: true });
    assert.deepEqual(chosenPlace({ HOME: home, DOCKER_CONTEXT: "work" })?.environment, {
      DOCKER_HOST: "tcp://work:2376",
      DOCKER_CERT_PATH: certificates,
      DOCKER_TLS_VERIFY: "1",
    });
  });

  it("is an error when its context does not exist, or its file is broken", () => {
    assert.throws(() => chosenPlace({ HOME: home, DOCKER_CONTEXT: "gone" }), {
      message: /^the docker context "gone": /,
    });
    write(".docker/config.json", "{");
    assert.throws(() => chosenPlace({ HOME: home }), { message: /config\.json can't be read/ });
  });

  it("is looked for at the usual sockets otherwise", () => {
    assert.deepEqual(
      usualPlaces({ HOME: "/home/ann", XDG_RUNTIME_DIR: "/run/user/1000" }).map((place) => place.host),
      [
        "unix:///var/run/docker.sock",
        "unix:///home/ann/.docker/run/docker.sock",
        "unix:///home/ann/.docker/desktop/docker.sock",
        "unix:///run/user/1000/docker.sock",
      ],
    );
  });

  function write(file: string, content: object | string): void {
    const at = path.join(home, file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, typeof content === "string" ? content : JSON.stringify(content));
  }

  function makeContext(name: string, host: string): void {
    const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
    write(`.docker/contexts/meta/${idOf(name)}/meta.json`, meta);
  }

  function idOf(name: string): string {
    return createHash("sha256").update(name).digest("hex");
  }
});
