import type { GoogleApiOptions } from "./google-api.ts";

/** Where Google's APIs are, and who asks them; `undefined` is Google's own, and Application Default Credentials. */
export interface GoogleSettings {
  readonly accessToken: string | undefined;
  /** Base URLs without what every path of the API begins with. */
  readonly cloudSqlUrl: string | undefined;
  readonly cloudRunUrl: string | undefined;
  readonly loggingUrl: string | undefined;
}

/**
 * What the environment says of Google's APIs, in the provider's own words.
 * @see https://www.pulumi.com/registry/packages/gcp/installation-configuration/
 */
export function googleSettings(env: NodeJS.ProcessEnv): GoogleSettings {
  return {
    accessToken: env.GOOGLE_OAUTH_ACCESS_TOKEN,
    cloudSqlUrl: without(env.GOOGLE_SQL_CUSTOM_ENDPOINT, "sql/v1beta4"),
    cloudRunUrl: without(env.GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT, "v2"),
    loggingUrl: without(env.GOOGLE_LOGGING_CUSTOM_ENDPOINT, "v2"),
  };
}

/** Of {@link googleSettings}, what the Cloud SQL Admin API is asked with. */
export function cloudSqlSettings(env: NodeJS.ProcessEnv): Pick<GoogleApiOptions, "accessToken" | "baseUrl"> {
  const { accessToken, cloudSqlUrl } = googleSettings(env);
  return { accessToken, baseUrl: cloudSqlUrl };
}

/** The provider has the API's version in its endpoints. */
function without(endpoint: string | undefined, root: string): string | undefined {
  return endpoint?.replace(new RegExp(`(?<=/)${root}/?$`), "");
}
