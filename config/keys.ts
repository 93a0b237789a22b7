/** The Pulumi project, which is also the namespace of its configuration. */
export const PROJECT = "pgtopology";

/** The configuration key that holds the topology's shape. */
export const TOPOLOGY_KEY = `${PROJECT}:topology`;

/** The configuration key of the list of permissions: what may happen although it is otherwise refused. */
export const PERMISSIONS_KEY = `${PROJECT}:permissions`;

/** The configuration key of the policy pack's settings: levels, floors, allowed regions, waivers. */
export const POLICIES_KEY = `${PROJECT}:policies`;

/** The configuration key of every secret at once: one encrypted JSON object, so that the key is derived once for all. */
export const SECRETS_KEY = "secrets";

/** The configuration key that lists, in plain, what {@link SECRETS_KEY} holds: what is missing is seen without decrypting. */
export const SECRET_NAMES_KEY = "secret-names";

/** The configuration key of the letters and digits that end every name in the cloud; made once. */
export const SUFFIX_KEY = "suffix";

/** The configuration key of the replica that was designated to take over after a disaster; `pgt up` sets it once it runs. */
export const DISASTER_RECOVERY_KEY = "disaster-recovery-replica";

/** The configuration key with the id of the image that every container takes; set-up knows it. */
export const IMAGE_KEY = "image";

/** The key of Google Cloud's project in a stack's configuration; the provider reads it, too. */
export const GCP_PROJECT_KEY = "gcp:project";

/** The configuration key of the fingerprint that the data host's key had at the first visit. */
export const DATA_HOST_KEY = "data-host-key";
