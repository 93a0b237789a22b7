import { z } from "zod";
import { asker, type DigitalOceanOptions } from "./digitalocean-api.ts";

/** Something of the platform's, by its id there. */
export interface NamedThing {
  readonly id: string;
  /** As in "online"; `undefined` where the platform tells none. */
  readonly status: string | undefined;
  readonly createdAt: string | undefined;
}

/** Looks for what has a name: `undefined` where nothing has it. What has it twice is told once, the oldest first. */
export interface DigitalOceanNames {
  cluster(name: string): Promise<NamedThing | undefined>;
  replica(clusterId: string, name: string): Promise<NamedThing | undefined>;
  database(clusterId: string, name: string): Promise<NamedThing | undefined>;
  user(clusterId: string, name: string): Promise<NamedThing | undefined>;
  droplet(name: string): Promise<NamedThing | undefined>;
  volume(name: string, region: string): Promise<NamedThing | undefined>;
  vpc(name: string): Promise<NamedThing | undefined>;
}

/** The most that one answer lists: https://docs.digitalocean.com/reference/api/intro/#links--pagination */
const PER_PAGE = 200;
/** No team has more pages of anything here: past them, the platform repeats itself. */
const MOST_PAGES = 50;

const named = z.object({
  // A database and a user have no id beside their name.
  id: z.union([z.string(), z.int().transform(String)]).optional(),
  name: z.string(),
  status: z.string().optional(),
  created_at: z.string().optional(),
});

/** @throws as {@link asker} */
export function digitalOceanNames(options: DigitalOceanOptions): DigitalOceanNames {
  const ask = asker(options);
  const find = async (list: string, scope: string, name: string, filter = ""): Promise<NamedThing | undefined> => {
    const field = list.split("/").at(-1) ?? list;
    const shape = z.object({ [field]: z.array(named).nullish() });
    const found: z.infer<typeof named>[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const path = `${list}?per_page=${PER_PAGE}&page=${page}${filter}`;
      const items = (await ask({ path, scope }, shape))?.[field] ?? [];
      found.push(...items.filter((item) => item.name === name));
      if (items.length < PER_PAGE) break;
    }
    const [first] = found.sort((a, b) => ((a.created_at ?? "") < (b.created_at ?? "") ? -1 : 1));
    return first && { id: first.id ?? first.name, status: first.status, createdAt: first.created_at };
  };
  const byName = (name: string): string => `&name=${encodeURIComponent(name)}`;
  return {
    cluster: (name) => find("databases", "database:read", name),
    replica: (id, name) => find(`databases/${id}/replicas`, "database:read", name),
    database: (id, name) => find(`databases/${id}/dbs`, "database:read", name),
    user: (id, name) => find(`databases/${id}/users`, "database:read", name),
    droplet: (name) => find("droplets", "droplet:read", name, byName(name)),
    volume: (name, region) => find("volumes", "block_storage:read", name, `${byName(name)}&region=${region}`),
    vpc: (name) => find("vpcs", "vpc:read", name),
  };
}
