import { ApiError, type ApiRequest, type Json, part } from "./area.ts";

/** IAM policies by what they are of; one that was never set is empty. */
export class Policies {
  private readonly byResource = new Map<string, Json>();
  private changes = 0;

  /** As `getIamPolicy` tells it: conditions are only told to who asks for version 3. */
  get(resource: string): Json {
    return this.byResource.get(resource) ?? { version: 1, etag: "ACAB" };
  }

  /** As `setIamPolicy`: written only over what was read. @throws {ApiError} 409 */
  set(resource: string, { body }: ApiRequest, policy = part(body, "policy")): Json {
    if (policy.etag !== undefined && policy.etag !== this.get(resource).etag) {
      throw new ApiError(409, "There were concurrent policy changes.", "conflict");
    }
    this.changes += 1;
    const etag = Buffer.from(`policy ${this.changes}`).toString("base64");
    const told = { version: policy.version ?? 1, etag, bindings: policy.bindings ?? [] };
    this.byResource.set(resource, told);
    return told;
  }
}
