import { cloudPlugin } from "./cloud-plugin.ts";
import type { OfficialPlugin } from "./official-plugin.ts";

const OLDEST = {
  version: "9.36.1",
  defect:
    "from 9.35.0 to 9.36.0 it changes no setting of a server, and says that it did (https://github.com/pulumi/pulumi-gcp/issues/3970)",
};

/** The one of its SDK in package.json. */
export const GCP_PLUGIN: OfficialPlugin = { name: "gcp", version: "9.37.0", site: "the download of the gcp plugin" };

/** The provider plugin for Google Cloud. */
export const gcpPlugin = cloudPlugin(GCP_PLUGIN, OLDEST);
