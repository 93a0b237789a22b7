import { basename, join } from "node:path";
import type { Client } from "../../topology/connection-url.ts";
import { AUTH_SECRET_KEY, type DatabaseSecrets } from "../../topology/secrets.ts";
import { toldOnDigitalOcean } from "../data-host/digitalocean-environment.ts";
import { writeCaFile } from "./ca-file.ts";
import { dotenvText } from "./dotenv-text.ts";
import { type DatabaseBasis, environmentOf } from "./environment-variables.ts";
import { K8S_FOLDER, k8sSecret } from "./k8s-secret.ts";
import type { DigitalOceanWorld } from "./open-digitalocean.ts";
import type { OpenedWorld } from "./open-stack.ts";
import { storedValue } from "./stored-secrets.ts";
import { toldEnvironment } from "./told-environment.ts";

/** In which form the environment is written, and for whom. */
export interface EnvironmentForm {
  readonly format: "dotenv" | "json" | "k8s";
  readonly client?: Client;
}

/** The application's environment as text; the CA certificates that it names are written beside the stack's state. */
export async function environmentText({ stored, world }: OpenedWorld, form: EnvironmentForm): Promise<string> {
  const { data, place, topology } = world;
  const files: Record<string, string> = {};
  const basisOf = async (database: DatabaseSecrets): Promise<DatabaseBasis> => {
    const { caCertificate, passwords } = database.secrets;
    const path = await writeCaFile(place, { name: database.topology.name, caCertificate });
    files[basename(path)] = caCertificate;
    return {
      topology: database.topology,
      passwords,
      caFile: form.format === "k8s" ? join(K8S_FOLDER, basename(path)) : path,
    };
  };
  const variables = environmentOf({
    ...(await basisOf(world)),
    data: data && (await basisOf(data)),
    authSecret: data && storedValue(stored, AUTH_SECRET_KEY, place),
    client: form.client,
  });
  return writtenAs(form.format, topology.name, variables, files);
}

/** The same of a stack on DigitalOcean. */
export async function digitalOceanEnvironmentText(world: DigitalOceanWorld, form: EnvironmentForm): Promise<string> {
  const caPath = (path: string): string => (form.format === "k8s" ? join(K8S_FOLDER, basename(path)) : path);
  const { files, told } = await toldOnDigitalOcean(world, caPath);
  return writtenAs(form.format, world.topology.name, toldEnvironment({ ...told, client: form.client }), files);
}

function writtenAs(
  format: EnvironmentForm["format"],
  name: string,
  variables: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): string {
  switch (format) {
    case "dotenv":
      return dotenvText(variables);
    case "json":
      return `${JSON.stringify(variables, null, 2)}\n`;
    case "k8s":
      return k8sSecret(`${name}-environment`, { ...variables, ...files });
  }
}
