import { KNOWN_AS_OF, type ProviderBug } from "./bug.ts";
import { applies, neverSet, onDocker } from "./detect.ts";

const CONTAINERS = "every server is a container";
const CONTAINER_ARGS = "components/docker/container-args.ts";
const NOTICED_BY = { file: "tests/unit/components/docker/traps.test.ts" };
const SEEN = { seenIn: "5.2.0", unfixedAsOf: KNOWN_AS_OF };

/** Containers on Docker. */
export const DOCKER: readonly ProviderBug[] = [
  {
    id: "docker-image-by-tag-replaces",
    traps: [46],
    package: "@pulumi/docker",
    affected: SEEN,
    summary: "a container whose image is a tag or a repository's digest is replaced by every update",
    consequence: "servers restart each time",
    detect: onDocker(() => applies(CONTAINERS)),
    workaround: { inPlace: true, what: "containers take the image's id", file: CONTAINER_ARGS },
    noticedBy: NOTICED_BY,
    source: "https://github.com/pulumi/pulumi-docker/issues/325",
  },
  {
    id: "docker-network-mode-differs-for-ever",
    traps: [47],
    package: "@pulumi/docker",
    affected: SEEN,
    summary: "networkMode differs for ever where it is not written",
    consequence: "every preview shows a change, which replaces the container",
    detect: onDocker(() => applies(CONTAINERS)),
    workaround: { inPlace: true, what: "networkMode is written", file: CONTAINER_ARGS },
    noticedBy: NOTICED_BY,
    source: "https://github.com/pulumi/pulumi-docker/issues/1272",
  },
  {
    id: "docker-two-networks-differ",
    traps: [47],
    package: "@pulumi/docker",
    affected: { notKnown: "its thread says that it is fixed; since which version was not found" },
    summary: "two networks of one container come back in any order",
    consequence: "some previews show a change, which replaces the container",
    detect: neverSet("more than one network of a container"),
    workaround: { inPlace: true, what: "a container is in one network", file: CONTAINER_ARGS },
    noticedBy: NOTICED_BY,
    source: "https://github.com/pulumi/pulumi-docker/issues/1651",
  },
  {
    id: "docker-fixed-name-taken",
    traps: [48],
    package: "@pulumi/docker",
    affected: SEEN,
    summary: "a container is made anew before the old one goes, whose name and ports it needs",
    consequence: "the update fails half-way; data in the container's own layer would be gone",
    detect: onDocker(() => applies("containers have fixed names and ports")),
    workaround: {
      inPlace: true,
      what: "the old container goes first, and data is in named volumes",
      file: "components/docker/docker-topology.ts",
    },
    noticedBy: NOTICED_BY,
    source: "https://github.com/pulumi/pulumi-docker/issues/1356",
  },
];
