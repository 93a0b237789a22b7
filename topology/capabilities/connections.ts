import { type Feature, feature, featureOfValues, SUPPORTED, unsupported } from "./feature.ts";

const OWN_NETWORK = "containers find each other in a Docker network of the stack's own; there is no VPC";
const OWN_AUTHORITY = "certificates are signed by the stack's own authority, and carry names to check";

/** How clients come to the servers, and how both sides prove who they are. */
export const CONNECTION_FEATURES: readonly Feature[] = [
  featureOfValues("pooler-container", "PgBouncer beside the servers", "pooling.kind", ["container"], {
    docker: SUPPORTED,
    gcp: unsupported("beside a Cloud SQL instance there is no place for a container", "use managed or sidecar"),
    digitalocean: unsupported("in front of a managed server there is no place for a container", "use managed"),
  }),
  featureOfValues("managed-pooling", "pooling by the cloud", "pooling.kind", ["managed"], {
    docker: unsupported("a product of Cloud SQL", "use container"),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  featureOfValues("pooler-sidecar", "PgBouncer in each instance of the service", "pooling.kind", ["sidecar"], {
    docker: unsupported("there is no service that it could stand beside", "use container"),
    gcp: SUPPORTED,
    digitalocean: unsupported("there is no service that it could stand beside", "use managed"),
  }),
  feature("pooler-image", "PgBouncer's image", ["pooling.image"], {
    docker: unsupported("PgBouncer is in the topology's own image"),
    gcp: SUPPORTED,
    digitalocean: unsupported("the cluster's pooler is the platform's, and the data host's is Debian's package"),
  }),
  feature("existing-vpc", "VPC that is there already", ["access.network.existing"], {
    docker: unsupported(OWN_NETWORK),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("vpc-addresses", "addresses of the stack's own VPC", ["access.network.subnetCidr"], {
    docker: unsupported(OWN_NETWORK),
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature("subnets", "subnets", ["access.network.subnet", "access.network.servicesPrefixLength"], {
    docker: unsupported(OWN_NETWORK),
    gcp: SUPPORTED,
    digitalocean: unsupported("a VPC there is one range, without subnets"),
  }),
  feature("trusted-sources", "addresses outside the VPC that reach the databases", ["access.sources"], {
    docker: unsupported("whoever reaches the published ports reaches the servers", "use ports.address"),
    gcp: unsupported("instances have private addresses only"),
    digitalocean: SUPPORTED,
  }),
  feature("ssh", "administration over SSH", ["access.ssh"], {
    docker: unsupported("containers are administered by the engine"),
    gcp: unsupported("nobody logs in to a managed instance"),
    digitalocean: SUPPORTED,
  }),
  featureOfValues(
    "private-services-access",
    "private addresses by peering",
    "access.network.connection",
    ["private-services-access"],
    {
      docker: unsupported(OWN_NETWORK),
      gcp: SUPPORTED,
      digitalocean: unsupported("servers stand in the VPC itself: there is nothing to peer with"),
    },
  ),
  featureOfValues(
    "private-service-connect",
    "private addresses by endpoints",
    "access.network.connection",
    ["private-service-connect"],
    {
      docker: unsupported(OWN_NETWORK),
      gcp: unsupported(
        "not built: its endpoints and their names are made by nothing yet",
        "use private-services-access",
      ),
      digitalocean: unsupported("servers stand in the VPC itself: there are no endpoints to make"),
    },
  ),
  feature("access-path", "how the service reaches the primary", ["access.path"], {
    docker: unsupported("there is one way: TCP, to the published ports"),
    gcp: SUPPORTED,
    digitalocean: unsupported("there is one way: TCP, inside the VPC or from access.sources"),
  }),
  featureOfValues("login-iam", "login with a token of a service account", "access.login", ["iam"], {
    docker: unsupported("outside Google's cloud nobody issues such tokens", "use password"),
    gcp: SUPPORTED,
    digitalocean: unsupported("the platform issues no tokens for logins", "use password"),
  }),
  featureOfValues("login-password", "login with a password", "access.login", ["password"], {
    docker: SUPPORTED,
    gcp: SUPPORTED,
    digitalocean: SUPPORTED,
  }),
  feature(
    "certificate-authority",
    "choice of who signs the servers' certificates",
    ["access.certificateAuthority", "access.certificateAuthorityPool"],
    {
      docker: unsupported(OWN_AUTHORITY),
      gcp: SUPPORTED,
      digitalocean: unsupported(
        "the platform signs the cluster's certificates, and the stack's own authority the data host's",
      ),
    },
  ),
  feature("client-certificates", "certificates of clients", ["access.clientCertificates"], {
    docker: unsupported("not built: servers ask for a password alone, inside TLS"),
    gcp: unsupported(
      "not built: nobody makes certificates for the service and for `pgt verify`: servers would refuse both",
    ),
    digitalocean: unsupported("not built: servers ask for a password alone, inside TLS"),
  }),
  feature("verification-job", "proof by SQL from a job in the cloud's network", ["access.verification"], {
    docker: unsupported("this machine reaches every server itself: `pgt verify` needs no other place"),
    gcp: SUPPORTED,
    digitalocean: unsupported("`pgt` reaches both databases over SSH through the data host"),
  }),
  feature("tls-version", "oldest TLS version", ["tls.minProtocolVersion"], {
    docker: SUPPORTED,
    gcp: unsupported("Cloud SQL decides itself which versions its servers accept"),
    digitalocean: SUPPORTED,
  }),
  feature("service", "the application as a service of the stack", ["service"], {
    docker: unsupported("the application runs where its owner starts it: ./pgt env hands it what it needs"),
    gcp: SUPPORTED,
    digitalocean: unsupported("the application runs where its owner starts it: ./pgt env hands it what it needs"),
  }),
];
