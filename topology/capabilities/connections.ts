import { type Feature, feature, featureOfValues, SUPPORTED, unsupported } from "./feature.ts";

const OWN_NETWORK = "containers find each other in a Docker network of the stack's own; there is no VPC";
const OWN_AUTHORITY = "certificates are signed by the stack's own authority, and carry names to check";

/** How clients come to the servers, and how both sides prove who they are. */
export const CONNECTION_FEATURES: readonly Feature[] = [
  featureOfValues("pooler-container", "PgBouncer beside the servers", "pooling.kind", ["container"], {
    docker: SUPPORTED,
    gcp: unsupported("beside a Cloud SQL instance there is no place for a container", "use managed or sidecar"),
  }),
  featureOfValues("managed-pooling", "pooling by the cloud", "pooling.kind", ["managed"], {
    docker: unsupported("a product of Cloud SQL", "use container"),
    gcp: SUPPORTED,
  }),
  featureOfValues("pooler-sidecar", "PgBouncer in each instance of the service", "pooling.kind", ["sidecar"], {
    docker: unsupported("there is no service that it could stand beside", "use container"),
    gcp: SUPPORTED,
  }),
  feature("pooler-image", "PgBouncer's image", ["pooling.image"], {
    docker: unsupported("PgBouncer is in the topology's own image"),
    gcp: SUPPORTED,
  }),
  feature(
    "vpc",
    "private network in the cloud",
    [
      "access.network.existing",
      "access.network.subnet",
      "access.network.subnetCidr",
      "access.network.servicesPrefixLength",
    ],
    { docker: unsupported(OWN_NETWORK), gcp: SUPPORTED },
  ),
  featureOfValues(
    "private-services-access",
    "private addresses by peering",
    "access.network.connection",
    ["private-services-access"],
    { docker: unsupported(OWN_NETWORK), gcp: SUPPORTED },
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
    },
  ),
  feature("access-path", "how the service reaches the primary", ["access.path"], {
    docker: unsupported("there is one way: TCP, to the published ports"),
    gcp: SUPPORTED,
  }),
  featureOfValues("login-iam", "login with a token of a service account", "access.login", ["iam"], {
    docker: unsupported("outside Google's cloud nobody issues such tokens", "use password"),
    gcp: SUPPORTED,
  }),
  featureOfValues("login-password", "login with a password", "access.login", ["password"], {
    docker: SUPPORTED,
    gcp: SUPPORTED,
  }),
  feature(
    "certificate-authority",
    "choice of who signs the servers' certificates",
    ["access.certificateAuthority", "access.certificateAuthorityPool"],
    { docker: unsupported(OWN_AUTHORITY), gcp: SUPPORTED },
  ),
  feature("client-certificates", "certificates of clients", ["access.clientCertificates"], {
    docker: unsupported("not built: servers ask for a password alone, inside TLS"),
    gcp: unsupported(
      "not built: nobody makes certificates for the service and for `pgt verify`: servers would refuse both",
    ),
  }),
  feature("verification-job", "proof by SQL from a job in the cloud's network", ["access.verification"], {
    docker: unsupported("this machine reaches every server itself: `pgt verify` needs no other place"),
    gcp: SUPPORTED,
  }),
  feature("tls-version", "oldest TLS version", ["tls.minProtocolVersion"], {
    docker: SUPPORTED,
    gcp: unsupported("Cloud SQL decides itself which versions its servers accept"),
  }),
  feature("service", "the application as a service of the stack", ["service"], {
    docker: unsupported("the application runs where its owner starts it: ./pgt env hands it what it needs"),
    gcp: SUPPORTED,
  }),
];
