import type { Requirement } from "../requirement.ts";
import { none, verdict } from "../verdict.ts";
import { eachContainer, noneOfKnown } from "./each-container.ts";
import { opensHost, SOCKET } from "./host-paths.ts";

const WITNESSES = ["plan", "live"] as const;
const RUN_DOCS = "https://docs.docker.com/engine/containers/run/";
const SECURITY_DOCS = "https://docs.docker.com/engine/security/";

/** Options of `--security-opt` that switch a protection off. */
const UNCONFINED = /^(seccomp|apparmor|label|systempaths)[=:](unconfined|disable)/;

/** Capabilities that make a container as good as root on the host. */
const STRONG_CAPABILITIES = ["ALL", "BPF", "DAC_READ_SEARCH", "NET_ADMIN", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"];

/** A container is shut off from its host. */
export const containerIsolation: readonly Requirement<"containers">[] = [
  {
    id: "containers/not-privileged",
    topic: "containers",
    severity: "critical",
    title: "No container is privileged",
    why: "A privileged container is root on the host: a hole in the database is then a hole in the machine.",
    fix: "Leave out `privileged`; add the one capability that is needed instead.",
    docs: RUN_DOCS,
    witnesses: WITNESSES,
    references: ["CIS Docker 5.5", "KICS ae5b6871"],
    check: (facts) =>
      eachContainer(facts, ["privileged"], ({ privileged }) => verdict(!privileged, "got privileged, want not")),
  },
  {
    id: "containers/no-host-namespaces",
    topic: "containers",
    severity: "critical",
    title: "No container shares a namespace of the host",
    why: "In the host's network a container listens on every address whatever its ports say; in the host's process space it sees and signals everybody's processes.",
    fix: "Leave out `networkMode`, `pidMode` and `ipcMode` set to `host`.",
    docs: RUN_DOCS,
    witnesses: WITNESSES,
    references: [
      "CIS Docker 5.10",
      "CIS Docker 5.16",
      "CIS Docker 5.17",
      "KICS 071a71ff",
      "KICS 4f31dd9f",
      "KICS baa3890f",
    ],
    check: (facts) =>
      eachContainer(facts, ["hostNamespaces"], ({ hostNamespaces }) =>
        none(
          hostNamespaces.filter((namespace) => namespace !== "user"),
          "want none of the host's namespaces, got",
        ),
      ),
  },
  {
    id: "containers/no-host-user-namespace",
    topic: "containers",
    severity: "medium",
    title: "No container opts out of the engine's user namespace",
    why: "Where the engine maps a container's root to nobody, `host` makes it the machine's root again.",
    fix: "Leave out `usernsMode`.",
    docs: "https://docs.docker.com/engine/security/userns-remap/",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.31", "KICS 8af7162d"],
    check: (facts) =>
      eachContainer(facts, ["hostNamespaces"], ({ hostNamespaces }) =>
        verdict(!hostNamespaces.includes("user"), "got usernsMode host, want it left out"),
      ),
  },
  {
    id: "containers/no-docker-socket",
    topic: "containers",
    severity: "critical",
    title: "No container holds the container engine's socket",
    why: "Who can speak to the engine can start a privileged container, and owns the host.",
    fix: "Remove the mount of the socket; run the work from outside with `docker exec`.",
    docs: SECURITY_DOCS,
    witnesses: WITNESSES,
    references: ["CIS Docker 5.32", "KICS d6355c88"],
    check: (facts) =>
      eachContainer(facts, ["hostPaths"], ({ hostPaths }) =>
        noneOfKnown(hostPaths, "hostPath", (path) => SOCKET.test(path), "want no engine socket, got"),
      ),
  },
  {
    id: "containers/no-sensitive-mounts",
    topic: "containers",
    severity: "high",
    title: "No container sees the host's system directories",
    why: "With /etc or /proc of the host in reach, a container can change the host.",
    fix: "Mount a named volume, or upload the one file that is needed.",
    docs: "https://docs.docker.com/engine/storage/bind-mounts/",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.6", "KICS 1c1325ff"],
    check: (facts) =>
      eachContainer(facts, ["hostPaths"], ({ hostPaths }) =>
        noneOfKnown(hostPaths, "hostPath", opensHost, "want none of the host's system directories, got"),
      ),
  },
  {
    id: "containers/mounts-private",
    topic: "containers",
    severity: "medium",
    title: "No mount is passed on between a container and the host",
    why: "What is mounted below a shared folder on one side appears on the other, and outlives the container.",
    fix: "Leave out `bindOptions.propagation`, or set it to rprivate.",
    docs: "https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.20", "KICS baa452f0"],
    check: (facts) =>
      eachContainer(facts, ["sharedMounts"], ({ sharedMounts }) =>
        none(sharedMounts, "want private mounts, got one that is passed on at"),
      ),
  },
  {
    id: "containers/no-host-devices",
    topic: "containers",
    severity: "medium",
    title: "No container has a device of the host",
    why: "A raw disk can be read past every file permission.",
    fix: "Leave out `devices`.",
    docs: RUN_DOCS,
    witnesses: WITNESSES,
    references: ["CIS Docker 5.18"],
    check: (facts) => eachContainer(facts, ["devices"], ({ devices }) => none(devices, "want no device, got")),
  },
  {
    id: "containers/no-new-privileges",
    topic: "containers",
    severity: "high",
    title: "No process in a container can gain privileges",
    why: "Without `no-new-privileges` a set-user-id program in the image makes its caller root.",
    fix: 'Set `securityOpts: ["no-new-privileges"]`.',
    docs: RUN_DOCS,
    witnesses: WITNESSES,
    references: ["CIS Docker 5.26", "KICS 27fcc7d6"],
    check: (facts) =>
      eachContainer(facts, ["securityOptions"], ({ securityOptions }) =>
        verdict(
          securityOptions.some((option) => /^no-new-privileges([=:]true)?$/.test(option)),
          `want the security option no-new-privileges, got [${securityOptions.join(", ")}]`,
        ),
      ),
  },
  {
    id: "containers/confined",
    topic: "containers",
    severity: "high",
    title: "No container switches off Docker's own confinement",
    why: "The default system call filter and profile stop most known ways out of a container.",
    fix: "Remove the `unconfined` and `disable` security options.",
    docs: "https://docs.docker.com/engine/security/seccomp/",
    witnesses: WITNESSES,
    references: ["CIS Docker 5.2", "CIS Docker 5.3", "CIS Docker 5.22", "KICS 404fde2c"],
    check: (facts) =>
      eachContainer(facts, ["securityOptions"], ({ securityOptions }) =>
        none(
          securityOptions.filter((option) => UNCONFINED.test(option)),
          "want Docker's default confinement, got",
        ),
      ),
  },
  {
    id: "containers/capabilities-dropped",
    topic: "containers",
    severity: "medium",
    title: "Every container drops the capabilities that it does not need",
    why: "PostgreSQL, PgBouncer and pgBackRest need none once their files belong to their own user.",
    fix: 'Set `capabilities: { drops: ["ALL"] }` and add back only what is proven to be needed.',
    docs: RUN_DOCS,
    witnesses: WITNESSES,
    references: ["CIS Docker 5.4", "KICS ce76b7d0"],
    check: (facts) =>
      eachContainer(facts, ["capabilitiesDropped"], ({ capabilitiesDropped }) =>
        verdict(capabilitiesDropped.includes("ALL"), `want ALL dropped, got [${capabilitiesDropped.join(", ")}]`),
      ),
  },
  {
    id: "containers/no-strong-capabilities",
    topic: "containers",
    severity: "high",
    title: "No container is given a capability that opens the host",
    why: "With SYS_ADMIN, or one of its kind, a container is privileged in all but name.",
    fix: "Remove the added capability.",
    docs: RUN_DOCS,
    witnesses: WITNESSES,
    references: ["CIS Docker 5.4"],
    check: (facts) =>
      eachContainer(facts, ["capabilitiesAdded"], ({ capabilitiesAdded }) =>
        none(
          capabilitiesAdded.filter((capability) => STRONG_CAPABILITIES.includes(capability)),
          "want none of the capabilities that open the host, got",
        ),
      ),
  },
];
