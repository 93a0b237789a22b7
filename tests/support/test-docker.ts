import Dockerode from "dockerode";
import { dockerClient } from "../../cli/setup/docker-client.ts";

/** What the test runner has set up for a suite that uses real things. */
function required(name: "DOCKER_HOST"): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`${name} is not set: run it by ./pgt test --suite integration (or e2e), which sets the machine up`);
  }
  return value;
}

/** The Docker Engine that tests run on. */
export function testDocker(): Dockerode {
  return dockerClient(required("DOCKER_HOST"), process.env);
}
