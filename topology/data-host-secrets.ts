import { ROLE_KEYS, type RoleKey } from "./names.ts";
import { DATA_KEYS, type PartCertificate } from "./secrets.ts";

/** Everything secret of a data host that the stack makes itself: the host's own key is not among it. */
export interface DataHostOwnSecrets {
  readonly passwords: Readonly<Record<RoleKey, string>>;
  /** Encrypts the backup repository and the exports. */
  readonly repositoryPassphrase: string;
  /** Signs the host's certificate. */
  readonly authority: PartCertificate;
}

/** Reads them by their keys. */
export function readDataHostSecrets(value: (key: string) => string): DataHostOwnSecrets {
  return {
    passwords: Object.fromEntries(ROLE_KEYS.map((role) => [role, value(DATA_KEYS.password(role))])) as Record<
      RoleKey,
      string
    >,
    repositoryPassphrase: value(DATA_KEYS.repositoryPassphrase),
    authority: { certificate: value(DATA_KEYS.caCertificate), key: value(DATA_KEYS.caKey) },
  };
}
