import type { Requirement } from "../requirement.ts";
import { every, fail, known, notApplicable, verdict } from "../verdict.ts";

const DOCS = "https://docs.docker.com/engine/network/port-publishing/";

/** What of the topology can be reached from outside of the machine. */
export const publishedPorts: readonly Requirement<"network">[] = [
  {
    id: "network/loopback-ports",
    topic: "network",
    severity: "critical",
    title: "Ports are published on loopback, or on an address that was asked for",
    why: "Docker publishes on every address of the machine unless told otherwise, and writes its own rules past the firewall.",
    fix: "Set `ip` of the port to 127.0.0.1, or ask for another address: by `addresses` of the policies' settings, or by `ports.address`.",
    docs: DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["S1.1", "CIS Docker 5.14", "KICS 451d79dc"],
    check: (facts) =>
      known(facts, ["ports"], ({ ports }) =>
        every(
          ports,
          (port) => port.container,
          (port) =>
            known(port, ["address"], ({ address }) => {
              if (isLoopback(address)) return { status: "pass" };
              return known(facts, ["wishedAddresses"], ({ wishedAddresses }) =>
                verdict(
                  wishedAddresses.includes(address),
                  `got a port on ${address}, want 127.0.0.1 or an address asked for`,
                ),
              );
            }),
          "no port is published",
        ),
      ),
  },
  {
    id: "network/not-every-address",
    topic: "network",
    severity: "high",
    title: "In staging and production no port is published on every address",
    why: "An asked-for address is one network card; 0.0.0.0 is also the one that is added next year.",
    fix: "Name the one address: as `ip` of the port, or by `ports.address`.",
    docs: DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["CIS Docker 5.14"],
    check: (facts, floors) => {
      if (floors.environment === "local") return { status: "not-applicable", reason: "a local stack" };
      return known(facts, ["ports"], ({ ports }) =>
        every(
          ports,
          (port) => port.container,
          (port) =>
            known(port, ["address"], ({ address }) => {
              if (!EVERY_ADDRESS.includes(address)) return { status: "pass" };
              return known(facts, ["wishedAddresses"], ({ wishedAddresses }) =>
                wishedAddresses.includes(address)
                  ? fail(`got a port on ${address}, want one address`)
                  : notApplicable("nobody asked for it, which network/loopback-ports tells"),
              );
            }),
          "no port is published",
        ),
      );
    },
  },
  {
    id: "network/unprivileged-ports",
    topic: "network",
    severity: "low",
    title: "Ports are 1024 or above",
    why: "Lower ports need root on most machines, and belong to well-known services.",
    fix: "Choose a port from 1024 to 65535.",
    docs: DOCS,
    witnesses: ["spec", "plan", "live"],
    references: ["CIS Docker 5.8", "KICS bc2908f3"],
    check: (facts) =>
      known(facts, ["ports"], ({ ports }) =>
        every(
          ports,
          (port) => port.container,
          (port) =>
            known(port, ["published"], ({ published }) =>
              verdict(published >= 1024, `got port ${published}, want 1024 or above`),
            ),
          "no port is published",
        ),
      ),
  },
];

const EVERY_ADDRESS: readonly string[] = ["0.0.0.0", "::", ""];

/** Reached from this machine only. */
function isLoopback(address: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(address) || address === "::1" || address === "localhost";
}
