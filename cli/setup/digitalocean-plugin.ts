import { cloudPlugin } from "./cloud-plugin.ts";

/** The provider plugin for DigitalOcean. */
export const digitalOceanPlugin = cloudPlugin({
  name: "digitalocean",
  version: "4.80.1",
  site: "the download of the digitalocean plugin",
});
