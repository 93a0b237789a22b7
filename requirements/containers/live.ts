import type { Requirement } from "../requirement.ts";
import { known, none, verdict } from "../verdict.ts";
import { eachContainer } from "./each-container.ts";

const LIVE = ["live"] as const;

/** What only the running containers can tell. */
export const liveContainers: readonly Requirement<"containers">[] = [
  {
    id: "containers/healthy",
    topic: "containers",
    severity: "critical",
    title: "Every container runs and does its work",
    why: "What does not run serves nobody; what runs without answering is worse, for clients wait for it.",
    fix: "Read `pgt logs`; `pgt up` makes what is missing and starts what was stopped.",
    docs: "https://docs.docker.com/reference/cli/docker/container/ls/",
    witnesses: LIVE,
    references: ["S1.1"],
    check: (facts) =>
      eachContainer(facts, ["condition"], ({ condition }) =>
        verdict(condition === "healthy", `got ${condition}, want healthy`),
      ),
  },
  {
    id: "containers/no-strangers",
    topic: "containers",
    severity: "medium",
    title: "No container of the stack is one that nobody planned",
    why: "A forgotten container of an older shape may hold a port, a slot or a copy of the data.",
    fix: "Remove it with `docker rm` after a look at its logs; its volumes stay.",
    docs: "https://docs.docker.com/engine/manage-resources/labels/",
    witnesses: LIVE,
    check: (facts) => known(facts, ["unplanned"], ({ unplanned }) => none(unplanned, "got unplanned containers")),
  },
  {
    id: "containers/no-secret-shown",
    topic: "containers",
    severity: "critical",
    title: "None of the topology's secrets is shown by `docker inspect`",
    why: "Everybody who may list containers may inspect them, and support tickets hold what it prints.",
    fix: "Hand the secret over as a file; change it, for it has been seen.",
    docs: "https://docs.docker.com/reference/cli/docker/inspect/",
    witnesses: LIVE,
    references: ["S3.11", "CIS Docker 4.10"],
    check: (facts) => known(facts, ["shownSecrets"], ({ shownSecrets }) => none(shownSecrets, "got shown")),
  },
];
