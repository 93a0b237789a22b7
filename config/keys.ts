/** The Pulumi project, which is also the namespace of its configuration. */
export const PROJECT = "pgtopology";

/** The configuration key that holds the topology's shape. */
export const TOPOLOGY_KEY = `${PROJECT}:topology`;

/** The configuration key with the id of the image that every container takes; set-up knows it. */
export const IMAGE_KEY = "image";
