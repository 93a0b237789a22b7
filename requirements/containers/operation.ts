import type { Requirement } from "../requirement.ts";
import { none, verdict } from "../verdict.ts";
import { eachContainer } from "./each-container.ts";

const WITNESSES = ["plan", "live"] as const;
const DOCS = "https://docs.docker.com/reference/cli/docker/container/run/";

/** A container starts as what it was tested as, keeps running, and leaves the machine room to live. */
export const containerOperation: readonly Requirement<"containers">[] = [
  {
    id: "containers/image-pinned",
    topic: "containers",
    severity: "high",
    level: "advisory",
    title: "Every image is named by its id or digest",
    why: "A tag moves: the next start would run another PostgreSQL than the one that was tested, and the provider replaces the container at every change of the tag.",
    fix: "Give the container the image's id (`sha256:…`) or `name@sha256:…`; `RemoteImage.imageId` has it.",
    docs: "https://docs.docker.com/reference/cli/docker/image/pull/#pull-an-image-by-digest-immutable-identifier",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.28", "TRV DS-0001", "CKV_DOCKER_7"],
    check: (facts) =>
      eachContainer(facts, ["imagePinned"], ({ imagePinned }) =>
        verdict(imagePinned, "got a tag, want an id or digest"),
      ),
  },
  {
    id: "containers/health-check",
    topic: "containers",
    severity: "high",
    title: "Every container has a health check",
    why: "A process that runs is not a database that answers; nothing that waits for it can know the difference without one.",
    fix: "Set `healthcheck.tests` to a command that asks the service itself.",
    docs: `${DOCS}#health-check`,
    witnesses: WITNESSES,
    references: ["S1.1", "CIS Docker 4.6", "CIS Docker 5.27", "KICS 698ed579", "TRV DS-0026"],
    check: (facts) =>
      eachContainer(facts, ["healthcheck"], ({ healthcheck }) => verdict(healthcheck, "got no health check, want one")),
  },
  {
    id: "containers/restarts",
    topic: "containers",
    severity: "medium",
    title: "Every container starts again after a crash or a reboot",
    why: "Docker leaves a container that stopped where it is, unless told otherwise; on-failure leaves one that a reboot stopped in order.",
    fix: "Set `restart` to `unless-stopped`.",
    docs: "https://docs.docker.com/engine/containers/start-containers-automatically/",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.15", "KICS 2fc99041"],
    check: (facts) =>
      eachContainer(facts, ["restart"], ({ restart }) =>
        verdict(restart === "unless-stopped" || restart === "always", `got restart ${restart}, want unless-stopped`),
      ),
  },
  {
    id: "containers/memory-limit",
    topic: "containers",
    severity: "medium",
    title: "Every container has a memory limit",
    why: "Without one a single query can have the kernel kill another container's PostgreSQL.",
    fix: "Set `memory` (MiB); PostgreSQL's memory parameters follow from `size.memoryGiB`.",
    docs: "https://docs.docker.com/engine/containers/resource_constraints/",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.11", "KICS bb9ac4f7"],
    check: (facts) =>
      eachContainer(facts, ["memoryMiB"], ({ memoryMiB }) => verdict(memoryMiB > 0, "got no memory limit, want one")),
  },
  {
    id: "containers/cpu-limit",
    topic: "containers",
    severity: "low",
    title: "Every container has a bound in the processors' time",
    why: "Without one a single query takes the processors from every other container of the machine.",
    fix: "Set `cpus`, or a weight by `cpuShares`; the stack's own follow from `size.cpus`.",
    docs: "https://docs.docker.com/engine/containers/resource_constraints/#cpu",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.12", "KICS 6b610c50"],
    check: (facts) =>
      eachContainer(facts, ["cpuLimited"], ({ cpuLimited }) =>
        verdict(cpuLimited, "got no bound of the processors, want one"),
      ),
  },
  {
    id: "containers/log-limit",
    topic: "containers",
    severity: "medium",
    title: "No container's log can fill the disk",
    why: "Docker's json-file log grows without end, and a full disk stops PostgreSQL.",
    fix: 'Set `logDriver: "local"`, or `logOpts` with `max-size` and `max-file`.',
    docs: "https://docs.docker.com/engine/logging/configure/",
    witnesses: WITNESSES,
    check: (facts) =>
      eachContainer(facts, ["logLimited"], ({ logLimited }) =>
        verdict(logLimited, "got a log without limit, want one"),
      ),
  },
  {
    id: "containers/not-root",
    topic: "containers",
    severity: "medium",
    title: "No container runs as root",
    why: "Root in a container is root outside of it as soon as one wall has a hole; PostgreSQL itself refuses to run as root.",
    fix: 'Set `user` to the image\'s own user, "postgres".',
    docs: `${DOCS}#user`,
    witnesses: WITNESSES,
    references: ["CIS Docker 4.1", "TRV DS-0002", "CKV_DOCKER_3", "CKV_DOCKER_8"],
    check: (facts) =>
      eachContainer(facts, ["user"], ({ user }) =>
        verdict(
          !/^(root|0)?(:|$)/.test(user),
          `got user ${user === "" ? "root (none set)" : user}, want another than root`,
        ),
      ),
  },
  {
    id: "containers/no-secret-in-environment",
    topic: "containers",
    severity: "critical",
    // What is thrown away tomorrow has a password that everybody knows.
    level: { local: "advisory" },
    title: "No secret is in an environment variable",
    why: "`docker inspect`, crash reports and every child process show the environment.",
    fix: "Upload the secret as a file with permissions 0600, and name the file in a variable that ends in _FILE.",
    docs: "https://docs.docker.com/engine/swarm/secrets/#build-support-for-docker-secrets-into-your-images",
    witnesses: WITNESSES,
    references: ["S3.11", "CIS Docker 4.10", "TRV DS-0031"],
    check: (facts) =>
      eachContainer(facts, ["secretVariables"], ({ secretVariables }) =>
        none(secretVariables, "want no secret in the environment, got one in"),
      ),
  },
  {
    id: "containers/own-network",
    topic: "containers",
    severity: "medium",
    title: "Every container is in a network of its own",
    why: "On Docker's default bridge every other container of the machine reaches the database, and names do not resolve.",
    fix: "Put the container in a `docker.Network` by `networksAdvanced`.",
    docs: "https://docs.docker.com/engine/network/drivers/bridge/",
    witnesses: WITNESSES,
    references: ["S1.1", "CIS Docker 5.30", "KICS ce14a68b"],
    check: (facts) =>
      eachContainer(facts, ["networks"], ({ networks }) =>
        verdict(
          networks.length > 0 && !networks.includes("bridge"),
          `got the networks [${networks.join(", ")}], want one of its own`,
        ),
      ),
  },
];
