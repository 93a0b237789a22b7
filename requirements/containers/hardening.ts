import type { Requirement } from "../requirement.ts";
import { verdict } from "../verdict.ts";
import { eachContainer } from "./each-container.ts";

const PLAN = ["plan"] as const;
const DOCS = "https://docs.docker.com/reference/cli/docker/container/run/";
/** A profile of AppArmor, or a label of SELinux, that was chosen. */
const PROFILE = /^(apparmor|label)[=:](?!unconfined$|disable$)./;

/** What scanners ask for beside, and what few databases need: each has to be turned on. */
export const containerHardening: readonly Requirement<"containers">[] = [
  {
    id: "containers/read-only-root",
    topic: "containers",
    severity: "medium",
    level: "off",
    title: "No container can write to its own file system",
    why: "What breaks in can leave nothing behind, and data that strays into the container's layer is noticed at once.",
    fix: "Set `readOnly` to true, and give /run, /tmp and the data a volume or `tmpfs`.",
    docs: `${DOCS}#read-only`,
    witnesses: PLAN,
    references: ["CIS Docker 5.13"],
    check: (facts) =>
      eachContainer(facts, ["readOnlyRoot"], ({ readOnlyRoot }) =>
        verdict(readOnlyRoot, "got a file system that it can write to, want readOnly"),
      ),
  },
  {
    id: "containers/resource-limits",
    topic: "containers",
    severity: "low",
    level: "off",
    title: "Every container says how many files it may open",
    why: "PostgreSQL opens a file for each part of each table; the engine's own limit is another on every machine.",
    fix: "Add a `ulimits` entry of the name nofile.",
    docs: `${DOCS}#ulimit`,
    witnesses: PLAN,
    references: ["CIS Docker 5.19"],
    check: (facts) =>
      eachContainer(facts, ["resourceLimits"], ({ resourceLimits }) =>
        verdict(resourceLimits.includes("nofile"), `want a limit of nofile, got [${resourceLimits.join(", ")}]`),
      ),
  },
  {
    id: "containers/profile-named",
    topic: "containers",
    severity: "medium",
    level: "off",
    title: "Every container names the AppArmor profile or the SELinux label that confines it",
    why: "Docker's own profile is there only where the machine has AppArmor; a named one fails to start without it.",
    fix: 'Add `apparmor=<profile>` or `label=type:<type>` to `securityOpts`, as in "apparmor=docker-default".',
    docs: "https://docs.docker.com/engine/security/apparmor/",
    witnesses: PLAN,
    references: ["CIS Docker 5.2", "CIS Docker 5.3", "KICS 610e266e"],
    check: (facts) =>
      eachContainer(facts, ["securityOptions"], ({ securityOptions }) =>
        verdict(
          securityOptions.some((option) => PROFILE.test(option)),
          `want a profile or a label, got [${securityOptions.join(", ")}]`,
        ),
      ),
  },
  {
    id: "containers/own-control-group",
    topic: "containers",
    severity: "medium",
    level: "off",
    title: "Every container is below Docker's own control group",
    why: "In another group the machine's limits are not those that the engine thinks there are.",
    fix: "Leave out `cgroupParent`.",
    docs: `${DOCS}#cgroup-parent`,
    witnesses: PLAN,
    references: ["CIS Docker 5.25", "KICS 4d9f44c6"],
    check: (facts) =>
      eachContainer(facts, ["cgroupParent"], ({ cgroupParent }) =>
        verdict(cgroupParent === "", `got the control group ${cgroupParent}, want Docker's own`),
      ),
  },
];
