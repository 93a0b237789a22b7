import { renderTable } from "../kernel/table.ts";
import { FEATURES } from "../topology/capabilities.ts";
import { supportText } from "../topology/capabilities/feature.ts";
import type { Sourced } from "../topology/limits/limit.ts";
import { POOLING_ACCESS, TLS_CHECKS } from "../topology/pooling-access.ts";
import type { Target } from "../topology/spec.ts";
import { sourceText } from "./source-text.ts";

type Provenances = readonly Sourced["provenance"][];

/** What targets have, emulate and lack, as a person reads it; with gcp, how its service comes to the primary. */
export function capabilitiesText(targets: readonly Target[]): string {
  const features = targets.map((target) => `${target}\n${featureTable(target)}`);
  return [...features, ...(targets.includes("gcp") ? accessParts() : [])].join("\n\n");
}

function featureTable(target: Target): string {
  return renderTable(
    ["feature", "here"],
    FEATURES.map(({ title, on }) => [title, supportText(on[target])]),
  );
}

function accessParts(): string[] {
  const all = [...POOLING_ACCESS, ...TLS_CHECKS].flatMap(({ sources }) => sources.map(({ source }) => source));
  const numbered = [...new Set<string>(all)];
  const from = (sources: Provenances): string => sources.map((each) => sourceText(each, numbered)).join("; ");
  const ways = renderTable(
    ["path", "pooling", "login", "source", "here"],
    POOLING_ACCESS.map(({ path, pooling, login, support, note, sources }) => {
      const noted = note === undefined ? "" : `; ${note}`;
      return [path, pooling, login, from(sources), `${supportText(support)}${noted}`];
    }),
  );
  const checks = renderTable(
    ["authority", "a client can check", "through the socket", "source", "why"],
    TLS_CHECKS.map(({ authority, mode, why, socket, sources }) => [
      authority,
      mode,
      socket.support === "supported" ? "yes" : "no",
      from(sources),
      why,
    ]),
  );
  const list = numbered.map((source, index) => `[${index + 1}] ${source}`);
  return [
    `gcp: how the service reaches the primary\n${ways}`,
    `gcp: servers' certificates\n${checks}`,
    ["Sources", ...list].join("\n"),
  ];
}
