import type { ResourceValidationPolicy } from "@pulumi/policy";
import { CONTAINER_TYPE } from "../facts/from-plan/docker-container.ts";
import { GCP_TYPES } from "../facts/from-plan/gcp/resource-types.ts";
import type { PolicySettings, Remediation } from "./settings.ts";

const SSL_MODES: readonly unknown[] = ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];
const LOOPBACK = "127.0.0.1";
const EVERYWHERE: readonly unknown[] = [undefined, "", "0.0.0.0", "::"];

type Props = Record<string, unknown>;

interface Remedy {
  readonly description: string;
  readonly type: string;
  /** Changes the properties in place, so that siblings that are secret or not known yet stay what they are. Says whether it did. */
  readonly mend: (props: Props, settings: PolicySettings) => boolean;
}

/** What can be mended without anybody's loss: nothing is made anew, and nobody who connects as he should notices it. */
const REMEDIES: Readonly<Record<Remediation, Remedy>> = {
  labels: {
    description: "Adds the labels that a Cloud SQL instance lacks",
    type: GCP_TYPES.instance,
    mend: (props, { labels = {} }) => {
      const own = objectAt(objectAt(props, "settings"), "userLabels");
      const missing = Object.entries(labels).filter(([name]) => !(name in own));
      for (const [name, value] of missing) own[name] = value;
      return missing.length > 0;
    },
  },
  "loopback-ports": {
    description: "Publishes a container's ports on loopback unless another address was asked for",
    type: CONTAINER_TYPE,
    mend: (props, { addresses = [] }) => {
      const ports = Array.isArray(props.ports) ? (props.ports as Props[]) : [];
      let mended = false;
      // No `filter`: the SDK's proxies around a list can't bear it.
      for (const port of ports) {
        // A provider fills in 0.0.0.0 where nothing is said, before it is asked here.
        if (!EVERYWHERE.includes(port.ip) || addresses.includes(String(port.ip))) continue;
        port.ip = LOOPBACK;
        mended = true;
      }
      return mended;
    },
  },
  "encrypted-only": {
    description: "Makes a Cloud SQL instance refuse connections without TLS",
    type: GCP_TYPES.instance,
    mend: (props) => {
      const network = objectAt(objectAt(props, "settings"), "ipConfiguration");
      if (SSL_MODES.includes(network.sslMode)) return false;
      network.sslMode = "ENCRYPTED_ONLY";
      return true;
    },
  },
};

/** One policy for each; the settings say which of them do anything. A value that is not known yet is left for the next run. */
export function remediationPolicies(
  settingsOf: (own: object) => PolicySettings | undefined,
): ResourceValidationPolicy[] {
  return Object.entries(REMEDIES).map(([name, { description, mend, type }]) => ({
    name: `remediate-${name}`,
    description,
    enforcementLevel: "remediate",
    remediateResource: (args) => {
      const { props } = args;
      if (args.type !== type) return undefined;
      const settings = settingsOf(args.getConfig());
      const isAsked = settings?.remediate?.includes(name as Remediation) === true;
      return isAsked && mend(props, settings) ? props : undefined;
    },
  }));
}

/** The object below a name; made where there is none. */
function objectAt(props: Props, name: string): Props {
  const value = props[name];
  if (typeof value === "object" && value !== null) return value as Props;
  const made: Props = {};
  props[name] = made;
  return made;
}
