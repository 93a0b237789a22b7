/**
 * The stand-in for the docker plugin under the real engine and a real Docker Engine.
 * Does not prove that the official plugin takes the state over: there is none to test with.
 */
import { Container, Network, RemoteImage, Volume, type ContainerArgs } from "@pulumi/docker";
import { secret } from "@pulumi/pulumi";
import Dockerode from "dockerode";
import { after, before, describe, it } from "mocha";
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { makeStandInStack, previewOf, required, type StandInStack } from "./stand-in-stack.ts";

const NAME = `pgt-test-${randomBytes(4).toString("hex")}`;
const MARKER = `marker-${randomBytes(12).toString("hex")}`;
const LABELS = [{ label: "pgt-test.stack", value: NAME }];
const ALIVE = "touch /tmp/alive; exec sleep 3600";

/** Everything that a test changes before the next operation. */
let wish: Partial<ContainerArgs> = {};

function program(): Promise<void> {
  const network = new Network("network", { name: NAME, labels: LABELS });
  const volume = new Volume("volume", { name: NAME, labels: LABELS });
  const image = new RemoteImage("image", { name: required("PGT_TEST_IMAGE"), keepLocally: true });
  new Container(
    "container",
    {
      name: NAME,
      image: image.imageId,
      entrypoints: ["/bin/sh", "-c"],
      command: [ALIVE],
      user: "0",
      labels: LABELS,
      networksAdvanced: [{ name: network.name, aliases: ["primary"] }],
      volumes: [{ volumeName: volume.name, containerPath: "/data" }],
      ports: [{ internal: 5432, ip: "127.0.0.1" }],
      memory: 64,
      memorySwap: 128,
      healthcheck: { tests: ["CMD-SHELL", "test -f /tmp/alive"], interval: "1s", timeout: "30s", retries: 30 },
      wait: true,
      waitTimeout: 120,
      destroyGraceSeconds: 1,
      uploads: [
        { file: "/etc/pgt-test/plain", content: "plain" },
        { file: "/etc/pgt-test/secret", content: secret(MARKER), owner: "999", group: "999", permissions: "0600" },
      ],
      ...wish,
    },
    { dependsOn: [network, volume] },
  );
  return Promise.resolve();
}

describe("the stand-in for the docker plugin", function () {
  this.timeout(240_000);
  let stack: StandInStack;
  let docker: Dockerode;

  const inspect = () => docker.getContainer(NAME).inspect();
  const ours = () => docker.listContainers({ all: true, filters: { label: [`pgt-test.stack=${NAME}`] } });
  const up = () => stack.stack.up();
  const upFails = async (): Promise<string> => {
    const error: unknown = await up().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof Error, "the update should have failed");
    return error.message;
  };
  const inContainer = async (...command: string[]): Promise<string> => {
    const exec = await docker.getContainer(NAME).exec({ Cmd: command, AttachStdout: true, Tty: true });
    const chunks: Buffer[] = [];
    for await (const chunk of await exec.start({ Tty: true })) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8").trim();
  };

  before(async () => {
    required("DOCKER_HOST");
    required("PGT_TEST_IMAGE");
    docker = new Dockerode();
    stack = await makeStandInStack(program);
    const { stdout } = await up();
    assert.match(stdout, /stand-in for the official plugin/u);
  });

  after(async () => {
    for (const { Id } of await ours()) await docker.getContainer(Id).remove({ force: true });
    await docker
      .getNetwork(NAME)
      .remove()
      .catch(() => undefined);
    await docker
      .getVolume(NAME)
      .remove()
      .catch(() => undefined);
    await stack.remove();
  });

  it("makes a healthy container in its own network only, with its volume and its files", async () => {
    const found = await inspect();
    assert.equal(found.State.Health?.Status, "healthy");
    assert.deepEqual(Object.keys(found.NetworkSettings.Networks), [NAME]);
    const aliases = found.NetworkSettings.Networks[NAME]?.Aliases as string[] | undefined;
    assert.ok(aliases?.includes("primary"));
    assert.equal(found.Mounts[0]?.Name, NAME);
    assert.equal(await inContainer("stat", "-c", "%a %u:%g", "/etc/pgt-test/secret"), "600 999:999");
    assert.equal(await inContainer("cat", "/etc/pgt-test/secret"), MARKER);
  });

  it("finds nothing to do in a second preview, also after a refresh", async () => {
    await stack.stack.refresh();
    const { changeSummary } = await stack.stack.preview();
    assert.deepEqual(Object.keys(changeSummary), ["same"]);
  });

  it("changes the memory of the living container", async () => {
    const before = await inspect();
    wish = { memory: 96, memorySwap: 192 };
    assert.equal((await previewOf(stack, "container")).op, "update");
    await up();
    const after = await inspect();
    assert.equal(after.Id, before.Id);
    assert.equal(after.HostConfig.Memory, 96 * 1024 * 1024);
  });

  it("starts a stopped container again after a refresh", async () => {
    const before = await inspect();
    await docker.getContainer(NAME).stop({ t: 0 });
    await stack.stack.refresh();
    await up();
    const after = await inspect();
    assert.equal(after.Id, before.Id);
    assert.ok(after.State.Running);
  });

  it("names the property that replaces a container, and replaces it under the same name", async () => {
    const before = await inspect();
    wish = { uploads: [{ file: "/etc/pgt-test/secret", content: secret(`${MARKER}-2`) }] };
    const { op, diff } = await previewOf(stack, "container");
    assert.equal(op, "replace");
    assert.equal(diff["uploads[0].content"]?.diffKind, "update-replace");
    await up();
    assert.notEqual((await inspect()).Id, before.Id);
    assert.equal(await inContainer("cat", "/etc/pgt-test/secret"), `${MARKER}-2`);
  });

  it("makes a container again that was removed behind its back, once a refresh has seen it", async () => {
    await docker.getContainer(NAME).remove({ force: true });
    await stack.stack.refresh();
    assert.equal((await previewOf(stack, "container")).op, "create");
    await up();
    assert.ok((await inspect()).State.Running);
  });

  it("leaves no half of a container that fails, shows its last words, and keeps its secret out of them", async () => {
    wish = { command: ["echo last words; cat /etc/pgt-test/secret; exit 3"] };
    const message = await upFails();
    assert.match(message, /ended with exit code 3/u);
    assert.match(message, /last words/u);
    assert.ok(!message.includes(MARKER));
    assert.deepEqual(await ours(), []);
  });

  it("leaves no half of a container when it is cancelled while it waits", async () => {
    wish = { healthcheck: { tests: ["CMD", "false"], interval: "1s", timeout: "30s" } };
    const cancellation = new AbortController();
    const failed = assert.rejects(stack.stack.up({ signal: cancellation.signal }));
    await waitUntil(async () => (await inspect()).State.Running, { name: "the container to run", timeoutMs: 120_000 });
    cancellation.abort();
    await failed;
    await waitUntil(async () => (await ours()).length === 0, { name: "the container to go", timeoutMs: 60_000 });
  });

  it("says what to do about a container of the same name that the stack does not know", async () => {
    wish = {};
    const Image = required("PGT_TEST_IMAGE");
    await docker.createContainer({ name: NAME, Image, Cmd: ["true"], Labels: { "pgt-test.stack": NAME } });
    assert.match(await upFails(), new RegExp(`docker rm --force ${NAME}`, "u"));
    await docker.getContainer(NAME).remove();
  });

  it("refuses an input that it does not know, and names the official plugin", async () => {
    wish = { dns: ["192.0.2.1"] };
    const message = await upFails();
    assert.match(message, /dns/u);
    assert.match(message, /pulumi plugin install resource docker 5\.2\.0/u);
  });

  it("keeps the secret out of the state, its backups, its history, and docker inspect", async () => {
    wish = {};
    await up();
    const files = await readdir(stack.stateFolder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "utf8")),
    );
    assert.ok(texts.some((text) => text.includes('"ciphertext"')));
    for (const form of [MARKER, Buffer.from(MARKER).toString("base64")]) {
      assert.equal(texts.filter((text) => text.includes(form)).length, 0);
    }
    assert.ok(!JSON.stringify(await inspect()).includes(MARKER));
  });

  it("leaves nothing after a destroy", async () => {
    await stack.stack.destroy();
    assert.deepEqual(await ours(), []);
    await assert.rejects(docker.getNetwork(NAME).inspect());
    await assert.rejects(docker.getVolume(NAME).inspect());
  });
});
