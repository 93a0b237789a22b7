import type { Requirement } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";
import { eachContainer } from "./each-container.ts";

/** Of the container's memory, or so much where it has no limit: parallel queries share what they sort there. */
const SHARED_MEMORY = { share: 0.25, enoughMiB: 256 };

/** What holds of containers in which a PostgreSQL server keeps its data. */
export const serverContainers: readonly Requirement<"containers">[] = [
  {
    id: "containers/shared-memory",
    topic: "containers",
    severity: "low",
    title: "A server's /dev/shm is large enough for parallel queries",
    why: "Docker's 64 MiB are too few: a parallel query then fails with `could not resize shared memory segment`.",
    fix: "Set `shmSize` (MiB) to a quarter of `memory`, or to 256.",
    docs: "https://docs.docker.com/reference/cli/docker/container/run/#shm-size",
    witnesses: ["plan", "live"],
    check: (facts) =>
      eachContainer(facts, ["server", "sharedMemoryMiB", "memoryMiB"], ({ server, sharedMemoryMiB, memoryMiB }) => {
        if (!server) return notApplicable("no server");
        const share = memoryMiB === 0 ? SHARED_MEMORY.enoughMiB : Math.floor(memoryMiB * SHARED_MEMORY.share);
        const want = Math.min(share, SHARED_MEMORY.enoughMiB);
        return verdict(sharedMemoryMiB >= want, `got ${sharedMemoryMiB} MiB, want ${want} MiB or more`);
      }),
  },
  {
    id: "containers/major-as-managed",
    topic: "containers",
    severity: "medium",
    joins: true,
    title: "A server in a container has the major version of the managed one beside it",
    why: "What was tried against another major version was not tried: planner, functions and defaults differ.",
    fix: "Take the image of the managed server's major version, or plan the managed server's upgrade.",
    docs: "https://www.postgresql.org/docs/release/",
    witnesses: ["plan"],
    references: ["X5"],
    check: (facts) =>
      known(facts, ["managedMajors", "containers"], ({ containers, managedMajors }) => {
        if (managedMajors.length === 0) return notApplicable("the stack has no managed server");
        return every(
          containers,
          ({ name }) => name,
          (container) =>
            known(container, ["major"], ({ major }) => {
              if (major === undefined) return notApplicable("no server");
              const want = [...new Set(managedMajors)].join(" or ");
              return verdict(managedMajors.includes(major), `got PostgreSQL ${major}, want ${want}`);
            }),
          "there are no containers",
        );
      }),
  },
];
