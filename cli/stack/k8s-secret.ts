/** Where the CA certificates are in a container that has mounted the Secret. */
export const K8S_FOLDER = "/etc/pgtopology";

/**
 * The manifest of a Secret. JSON is YAML, too.
 * @param values the variables by name, and files by theirs
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */
export function k8sSecret(name: string, values: Readonly<Record<string, string>>): string {
  const manifest = { apiVersion: "v1", kind: "Secret", metadata: { name }, type: "Opaque", stringData: values };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
