import { gaxios } from "google-auth-library";
import { PgtError } from "../kernel/errors.ts";
import { checkedBase, noAnswer, sendRequest, statusOf } from "./send-request.ts";

/** A bucket by its name, which is one of its own in the world. */
export interface BucketName {
  readonly name: string;
  readonly region: string;
}

/** The provider's own words for another place than DigitalOcean's: `{{.Region}}` stands for the region. */
const OWN_ENDPOINT = "https://{{.Region}}.digitaloceanspaces.com";

/**
 * Whether there is a bucket of that name: whoever asks without a key is refused by one (403), and told of none (404).
 * @throws {PgtError} where nothing answers
 */
export async function bucketIsThere(
  { name, region }: BucketName,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<boolean> {
  const endpoint = checkedBase((env.SPACES_ENDPOINT_URL ?? OWN_ENDPOINT).replace("{{.Region}}", region));
  try {
    await sendRequest(new gaxios.Gaxios(), { url: `${endpoint}${name}?max-keys=0`, signal });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    const status = statusOf(error);
    if (status === 403) return true;
    if (status === 404) return false;
    throw new PgtError(`could not see whether there is a bucket ${name}: ${noAnswer(error, "")}`);
  }
}
