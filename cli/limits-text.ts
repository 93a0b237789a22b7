import { renderTable } from "../kernel/table.ts";
import type { LimitTarget } from "../topology/limits/postgresql-versions.ts";
import { digitalOceanTopics } from "./digitalocean-topics.ts";
import { cloudRunTopics, recoveryTopic, sharedTopics } from "./google-cloud-topics.ts";
import type { LimitTopic } from "./limit-topic.ts";
import { cloudSqlTopics, versionsTopic } from "./limits-topics.ts";
import { sourceText } from "./source-text.ts";

/** The limits of some targets as a person reads them: a table for each topic, and where each line is from. */
export function limitsText(targets: readonly LimitTarget[]): string {
  const topics = [
    versionsTopic(targets),
    ...(targets.includes("gcp") ? cloudTopics() : []),
    ...(targets.includes("digitalocean") ? digitalOceanTopics() : []),
  ];
  const sources = [...new Set(topics.flatMap(({ rows }) => rows.map(({ provenance }) => provenance.source)))];
  const parts = topics.map((topic) => `${topic.title}\n${topicTable(topic, sources)}`);
  const list = sources.map((source, index) => `[${index + 1}] ${source}`);
  return [...parts, ["Sources", ...list].join("\n")].join("\n\n");
}

function cloudTopics(): LimitTopic[] {
  return [...cloudSqlTopics(), ...cloudRunTopics(), ...sharedTopics(), recoveryTopic()];
}

function topicTable({ head, rows }: LimitTopic, sources: readonly string[]): string {
  return renderTable(
    [...head, "source"],
    rows.map(({ cells, provenance }) => [...cells, sourceText(provenance, sources)]),
  );
}
