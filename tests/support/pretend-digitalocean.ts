import * as pulumi from "@pulumi/pulumi";

/** What functions of the provider answer. */
export const DIGITALOCEAN_ANSWERS = {
  "digitalocean:index/getDatabaseCa:getDatabaseCa": { certificate: "authority of the cluster" },
  "digitalocean:index/getVpc:getVpc": { ipRange: "10.77.0.0/20" },
};

/** A text that no other value has in it: the platform's secret of that name. */
export function platformSecret(name: string): string {
  return `marker-of-${name}-5e1f`;
}

/** What the platform adds to what it makes: ids, addresses, URNs and passwords. */
export function madeByDigitalOcean(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const name = String(inputs.name);
  const made: Readonly<Record<string, () => Record<string, unknown>>> = {
    DatabaseCluster: () => ({ ...managedServer(name), clusterUrn: `do:dbaas:${name}` }),
    DatabaseReplica: () => ({ ...managedServer(name), uuid: `uuid of ${name}` }),
    DatabaseConnectionPool: () => ({
      privateHost: "private-primary.db.test",
      port: 25_061,
      ...withPassword(String(inputs.user)),
    }),
    DatabaseUser: () => ({ role: "normal", ...withPassword(name) }),
    Droplet: () => ({
      id: "4711",
      ipv4Address: "198.51.100.77",
      ipv4AddressPrivate: "10.100.0.7",
      dropletUrn: `do:droplet:${name}`,
    }),
    Volume: () => ({ volumeUrn: `do:volume:${name}` }),
    SpacesBucket: () => ({ endpoint: `${String(inputs.region)}.spaces.test`, bucketUrn: `do:space:${name}` }),
    SpacesKey: () => ({
      // The half that names the key is its id, too: no secret in the state.
      accessKey: platformSecret("access-key"),
      secretKey: pulumi.secret(platformSecret("secret-key")),
    }),
  };
  return made[type.split(":").at(-1) ?? ""]?.() ?? {};
}

function managedServer(name: string): Record<string, unknown> {
  return {
    host: `${name}.db.test`,
    privateHost: `private-${name}.db.test`,
    port: 25_060,
    user: "doadmin",
    ...withPassword("doadmin"),
  };
}

function withPassword(user: string): Record<string, unknown> {
  const password = platformSecret(user);
  return { password: pulumi.secret(password), uri: pulumi.secret(`postgresql://${user}:${password}@x`) };
}
