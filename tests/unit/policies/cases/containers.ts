import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { ofContainer } from "./container-sides.ts";

const bind = (source: string) => ({ mounts: [{ type: "bind", source, target: "/host" }] });
const hostPath = (path: string) => ({
  volumes: [
    { containerPath: "/var/lib/postgresql/data", volumeName: "db" },
    { containerPath: "/host", hostPath: path },
  ],
});
/** A volume that is a folder of the host in all but name. */
const device = (path: string) => ({
  mounts: [
    {
      type: "volume",
      source: "v",
      target: "/host",
      volumeOptions: { driverOptions: { type: "none", o: "rbind", device: path } },
    },
  ],
});
const SOCKET = "/var/run/docker.sock";
const propagated = (propagation: string) => ({
  mounts: [{ type: "bind", source: "/srv", target: "/host", bindOptions: { propagation } }],
});

/** What keeps a container off its host. */
export const CASES: readonly PlanCase[] = [
  ofContainer("containers/not-privileged", [["privileged", { privileged: true }, /^db: got privileged, want not/]], {
    unknown: { privileged: UNKNOWN_TEXT },
  }),
  ofContainer(
    "containers/no-host-namespaces",
    [
      ["the host's network", { networkMode: "host" }, /^db: want none of the host's namespaces, got: network/],
      ["the host's processes", { pidMode: "host" }, /got: pid/],
      ["the host's shared memory", { ipcMode: "host" }, /got: ipc/],
    ],
    { unknown: { pidMode: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/no-host-user-namespace",
    [["the host's users", { usernsMode: "host" }, /^db: got usernsMode host/]],
    { unknown: { usernsMode: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/no-docker-socket",
    [
      ["as a volume's path", hostPath(SOCKET), /^db: want no engine socket, got: \/var\/run\/docker\.sock/],
      ["as a bind mount", bind("/run/containerd/containerd.sock"), /got: \/run\/containerd\/containerd\.sock/],
      ["as a volume's device", device("/run/podman/podman.sock"), /got: \/run\/podman/],
      [
        "beside a path that is not known yet",
        { volumes: [{ containerPath: "/x", volumeName: UNKNOWN_TEXT }], ...bind(SOCKET) },
        /got: \/var\/run\/docker\.sock/,
      ],
    ],
    { good: hostPath("/srv/dumps"), unknown: hostPath(UNKNOWN_TEXT) },
  ),
  ofContainer(
    "containers/no-sensitive-mounts",
    [
      ["the root", bind("/"), /^db: want none of the host's system directories, got: \//],
      ["a folder with a slash behind", hostPath("/etc/"), /got: \/etc\//],
      ["a folder in another word", bind("/srv/../proc"), /got: \/srv\/\.\.\/proc/],
      ["a file of logins", bind("/etc/shadow"), /got: \/etc\/shadow/],
      ["below a folder", hostPath("/sys/fs/cgroup"), /got: \/sys\/fs\/cgroup/],
      ["the folder of sockets", bind("/var/run"), /got: \/var\/run/],
      ["a volume's device", device("/var/lib/docker/volumes"), /got: \/var\/lib\/docker\/volumes/],
    ],
    { good: bind("/etc/postgresql"), unknown: bind(UNKNOWN_TEXT) },
  ),
  ofContainer(
    "containers/mounts-private",
    ["shared", "rshared", "slave", "rslave"].map((how) => [
      how,
      propagated(how),
      /^db: want private mounts, got .*\/host/,
    ]),
    { good: propagated("rprivate"), unknown: propagated(UNKNOWN_TEXT) },
  ),
  ofContainer(
    "containers/no-host-devices",
    [["a disk", { devices: [{ hostPath: "/dev/sda" }] }, /^db: want no device, got: \/dev\/sda/]],
    { unknown: { devices: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/no-new-privileges",
    [
      ["without the option", { securityOpts: [] }, /^db: want the security option/],
      ["switched off", { securityOpts: ["no-new-privileges:false"] }, /got \[no-new-privileges:false\]/],
    ],
    { unknown: { securityOpts: [UNKNOWN_TEXT] } },
  ),
  ofContainer(
    "containers/confined",
    ["seccomp=unconfined", "seccomp:unconfined", "apparmor=unconfined", "label=disable", "systempaths=unconfined"].map(
      (option) => [
        option,
        { securityOpts: ["no-new-privileges", option] },
        new RegExp(`^db: want Docker's default confinement, got: ${option}`),
      ],
    ),
    { good: { securityOpts: ["no-new-privileges", "seccomp=/p.json"] }, unknown: { securityOpts: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/capabilities-dropped",
    [
      ["none", { capabilities: undefined }, /^db: want ALL dropped, got \[\]/],
      ["some", { capabilities: { drops: ["CAP_NET_RAW"] } }, /got \[NET_RAW\]/],
    ],
    { unknown: { capabilities: UNKNOWN_TEXT } },
  ),
  ofContainer(
    "containers/no-strong-capabilities",
    ["SYS_ADMIN", "CAP_SYS_PTRACE", "cap_net_admin", "ALL", "BPF", "SYS_MODULE", "DAC_READ_SEARCH"].map((name) => [
      name,
      { capabilities: { drops: ["ALL"], adds: [name] } },
      new RegExp(`got: ${name.replace(/^cap_/i, "").toUpperCase()}`),
    ]),
    {
      good: { capabilities: { drops: ["ALL"], adds: ["CHOWN"] } },
      unknown: { capabilities: { drops: ["ALL"], adds: [UNKNOWN_TEXT] } },
    },
  ),
];
