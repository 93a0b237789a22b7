import { cloudPlugin } from "./cloud-plugin.ts";
import type { OfficialPlugin } from "./official-plugin.ts";

/** The one of its SDK in package.json. */
export const DIGITALOCEAN_PLUGIN: OfficialPlugin = {
  name: "digitalocean",
  version: "4.80.1",
  site: "the download of the digitalocean plugin",
};

/** The provider plugin for DigitalOcean. */
export const digitalOceanPlugin = cloudPlugin(DIGITALOCEAN_PLUGIN);
