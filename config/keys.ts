/** The Pulumi project, which is also the namespace of its configuration. */
export const PROJECT = "pgtopology";

/** The configuration key that holds the topology's shape. */
export const TOPOLOGY_KEY = `${PROJECT}:topology`;

/** The configuration key of every secret at once: one encrypted JSON object, so that the key is derived once for all. */
export const SECRETS_KEY = "secrets";

/** The configuration key that lists, in plain, what {@link SECRETS_KEY} holds: what is missing is seen without decrypting. */
export const SECRET_NAMES_KEY = "secret-names";

/** The configuration key with the id of the image that every container takes; set-up knows it. */
export const IMAGE_KEY = "image";
