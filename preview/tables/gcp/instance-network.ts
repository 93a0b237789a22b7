import { ACCESS_EFFECTS, otherAuthority } from "../../../topology/change/gcp-effects.ts";
import { INSTANCE_RESOURCE, UNSAID } from "../../../topology/change/gcp-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { SERVER_CA_MODES } from "../../../topology/cloud-sql-words.ts";
import type { PropertyRule } from "../../resource-table.ts";
import { ranges } from "./address-ranges.ts";
import { AUTHORIZED, INSTANCE_PAGE, PRIVATE_ADDRESS } from "./sources.ts";
import { each, fieldOf, loosened, oneOf, present, stringsOf, switched } from "./value-rules.ts";

const IP = "settings.ipConfiguration";

const MAY_RESTART: Effect = {
  label: "restart",
  what: "servers may restart: no page says what becomes of them",
  source: UNSAID,
};

/** Sessions by the public address end; by any other way they go on. */
const NOT_PUBLIC: Effect = {
  label: "restart",
  what: "the public address goes for good, and the sessions by it end; servers may restart",
  source: UNSAID,
};

const PUBLIC: Effect = {
  label: "restart",
  exposure: true,
  what: "servers get a public address: authorizedNetworks and connectors decide who comes in; they may restart",
  source: UNSAID,
};

const ADDRESSES = ranges(
  {
    opens: { label: "none", exposure: true, what: "addresses may connect that could not before", source: AUTHORIZED },
    narrows: {
      label: "none",
      what: "fewer addresses may connect; what they are connected to goes on",
      source: AUTHORIZED,
    },
    empties: {
      label: "none",
      what: "nobody connects to the public address any more but through a connector: an empty list lets nobody in",
      source: AUTHORIZED,
    },
  },
  "value",
);

const PRIVATE: Effect = {
  label: "restart",
  what: "servers get a private address, and restart for it",
  source: PRIVATE_ADDRESS,
};

const AUTHORITIES = [SERVER_CA_MODES.customer, SERVER_CA_MODES.shared, SERVER_CA_MODES["per-instance"]];

const AUTHORITY = oneOf([otherAuthority(true), otherAuthority(false)], ({ from, to }) => {
  const [before, after] = [from, to].map((mode) => AUTHORITIES.findIndex((known) => known === mode));
  if (before === undefined || after === undefined || before < 0 || after < 0) return undefined;
  return otherAuthority(after > before && to === SERVER_CA_MODES["per-instance"]);
});

const ENDPOINTS: Effect = {
  label: "restart",
  what: "projects lose their way to the servers, or get another one; servers may restart",
  source: UNSAID,
};

const MORE_ENDPOINTS: Effect = {
  ...ENDPOINTS,
  exposure: true,
  what: "projects may connect that could not before; servers may restart",
};

const PRIVATE_SERVICE_CONNECT = oneOf([MORE_ENDPOINTS, ENDPOINTS], ({ from, to }) => {
  const [before, after] = [consumersOf(from), consumersOf(to)];
  if (before === undefined || after === undefined) return undefined;
  return after.every((project) => before.includes(project)) ? ENDPOINTS : MORE_ENDPOINTS;
});

function consumersOf(configs: unknown): readonly string[] | undefined {
  if (configs === undefined || configs === null) return [];
  if (!Array.isArray(configs)) return undefined;
  const lists = configs.map((config: unknown) => stringsOf(fieldOf(config, "allowedConsumerProjects")));
  return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

/** How an instance is reached, and how both sides prove who they are. */
export const INSTANCE_NETWORK: Readonly<Record<string, PropertyRule>> = {
  [`${IP}.ipv4Enabled`]: switched(true, PUBLIC, NOT_PUBLIC),
  [`${IP}.authorizedNetworks`]: ADDRESSES,
  [`${IP}.privateNetwork`]: present(PRIVATE, ACCESS_EFFECTS.moved, ACCESS_EFFECTS.moved),
  [`${IP}.allocatedIpRange`]: ACCESS_EFFECTS.addressRange,
  [`${IP}.sslMode`]: loosened(
    ["TRUSTED_CLIENT_CERTIFICATE_REQUIRED", "ENCRYPTED_ONLY", "ALLOW_UNENCRYPTED_AND_ENCRYPTED"],
    "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    {
      looser: { ...MAY_RESTART, exposure: true, what: "servers take weaker connections than before; they may restart" },
      stricter: {
        ...MAY_RESTART,
        what: "clients that do not encrypt, or show no certificate, are refused; servers may restart",
      },
    },
  ),
  [`${IP}.serverCaMode`]: AUTHORITY,
  [`${IP}.serverCaPool`]: ACCESS_EFFECTS.otherPool,
  [`${IP}.serverCertificateRotationMode`]: {
    label: "none",
    what: "when a server's certificate is renewed changes; clients that pin it have to know",
    source: INSTANCE_PAGE,
  },
  [`${IP}.customSubjectAlternativeNames`]: {
    ...MAY_RESTART,
    what: "servers show certificates with other names, and may restart",
  },
  [`${IP}.enablePrivatePathForGoogleCloudServices`]: switched(
    false,
    {
      ...MAY_RESTART,
      exposure: true,
      what: "services such as BigQuery may read the data by the private address; servers may restart",
    },
    MAY_RESTART,
  ),
  [`${IP}.pscConfigs`]: PRIVATE_SERVICE_CONNECT,
  "settings.connectorEnforcement": loosened(["REQUIRED", "NOT_REQUIRED"], "NOT_REQUIRED", {
    looser: { label: "none", exposure: true, what: "clients may connect without a connector", source: INSTANCE_PAGE },
    stricter: {
      label: "restart",
      what: "connections past a connector are refused; servers may restart",
      source: UNSAID,
    },
  }),
  "settings.dataApiAccess": loosened(["DISALLOW_DATA_API", "ALLOW_DATA_API"], "DISALLOW_DATA_API", {
    looser: {
      label: "none",
      exposure: true,
      what: "SQL comes in by the cloud's API, past the network",
      source: INSTANCE_PAGE,
    },
    stricter: { label: "none", what: "no SQL comes in by the cloud's API any more", source: INSTANCE_PAGE },
  }),
  ...each(["settings.enableGoogleMlIntegration"], {
    label: "restart",
    what: "servers may send rows to models, or no longer; they may restart",
    source: UNSAID,
  }),
  "settings.enableDataplexIntegration": {
    label: "none",
    what: "names of schemas, tables and columns go to the catalogue, or no longer; servers go on",
    source: INSTANCE_RESOURCE,
  },
};
