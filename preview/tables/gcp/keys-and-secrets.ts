import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTable, ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { DESTROYED_KEYS, DISABLED_KEYS, PAGES } from "./sources.ts";
import { byInputs, each, fieldOf, oneOf, present, secret, stringsOf, switched } from "./value-rules.ts";

const KEY_STAYS: Effect = {
  label: "none",
  what: "what is encrypted stays as it is, and readable",
  source: DESTROYED_KEYS,
};

const DESTROYED: Effect = {
  label: "data loss",
  what: "the key's versions are destroyed: servers, backups and exports that it encrypts can never be read again",
  source: DESTROYED_KEYS,
};

const DISABLED: Effect = {
  label: "restart",
  what: "the version is turned off: what it encrypts can't be read, and servers stop, until it is on again",
  source: DISABLED_KEYS,
};

const STATE = oneOf([DESTROYED, DISABLED, KEY_STAYS], ({ to }) => {
  if (to === "ENABLED") return KEY_STAYS;
  if (to === "DISABLED") return DISABLED;
  return to === "DESTROYED" || to === "DESTROY_SCHEDULED" ? DESTROYED : undefined;
});

const SHORTER: Effect = {
  ...KEY_STAYS,
  exposure: true,
  what: "a destroyed version can be brought back for a shorter time",
};

/** What encrypts servers, backups and secrets. */
export const KEY_TABLES: ResourceTables = {
  "gcp:kms/cryptoKey:CryptoKey": around({
    changed: KEY_STAYS,
    fields: ["labels"],
    properties: {
      ...each(
        ["name", "keyRing", "purpose", "importOnly", "skipInitialVersionCreation", "cryptoKeyBackend"],
        DESTROYED,
      ),
      destroyScheduledDuration: present(SHORTER, SHORTER, SHORTER),
      rotationPeriod: present(KEY_STAYS, KEY_STAYS, {
        ...KEY_STAYS,
        exposure: true,
        what: "the key is no longer renewed by itself",
      }),
      versionTemplate: { ...KEY_STAYS, what: "new versions are of another kind; what is encrypted stays as it is" },
      keyAccessJustificationsPolicy: { ...DISABLED, what: "the key may be refused to what uses it: servers may stop" },
    },
    deleted: DESTROYED,
  }),
  "gcp:kms/cryptoKeyVersion:CryptoKeyVersion": around({
    changed: DISABLED,
    fields: ["externalProtectionLevelOptions"],
    properties: { state: STATE, cryptoKey: DESTROYED },
    deleted: { ...DESTROYED, what: "the version is destroyed: what it encrypts can never be read again" },
  }),
  "gcp:kms/keyRing:KeyRing": around({
    changed: KEY_STAYS,
    fields: ["name", "location", "project"],
    deleted: { ...KEY_STAYS, what: "Pulumi no longer knows the ring: the cloud never removes one" },
  }),
};

const REST: Effect = { label: "none", what: "what is kept in it stays; servers go on", source: PAGES.secrets };

const SECRET_GONE: Effect = {
  label: "none",
  what: "what is kept in it is destroyed: what reads it no longer starts; servers go on",
  source: PAGES.secrets,
};

const SECRET: ResourceTable = around({
  changed: REST,
  fields: ["annotations", "labels", "rotation", "tags", "topics", "versionAliases"],
  properties: {
    ...each(["secretId", "project", "location", "replication", "customerManagedEncryption"], SECRET_GONE),
    ...each(
      ["expireTime", "ttl"],
      present(
        {
          ...SECRET_GONE,
          what: "the secret is destroyed by itself when its time is over; what reads it no longer starts",
        },
        SECRET_GONE,
        REST,
      ),
    ),
    versionDestroyTtl: present(
      REST,
      { ...REST, exposure: true, what: "a destroyed version can be brought back for another time" },
      { ...REST, exposure: true, what: "a destroyed version can't be brought back" },
    ),
  },
  deleted: SECRET_GONE,
});

const OTHER_CONTENT: Effect = {
  ...REST,
  what: "another version is kept; what names the old one goes on with it while it lasts",
};

const VERSION: ResourceTable = around({
  changed: REST,
  fields: ["isSecretDataBase64", "project", "secret"],
  properties: {
    secretData: secret(OTHER_CONTENT),
    secretDataWo: secret(OTHER_CONTENT),
    secretDataWoVersion: OTHER_CONTENT,
    enabled: switched(true, REST, {
      ...SECRET_GONE,
      what: "the version is turned off: what reads it no longer starts; servers go on",
    }),
  },
  deleted: byInputs((inputs): Effect =>
    fieldOf(inputs, "deletionPolicy") === "DISABLE"
      ? { ...SECRET_GONE, what: "the version is turned off, and can be turned on again" }
      : { ...SECRET_GONE, what: "the version is destroyed: what still names it no longer starts; servers go on" },
  ),
  replaced: OTHER_CONTENT,
});

/** Where passwords and certificates are kept. */
export const SECRET_TABLES: ResourceTables = {
  "gcp:secretmanager/secret:Secret": SECRET,
  "gcp:secretmanager/regionalSecret:RegionalSecret": SECRET,
  "gcp:secretmanager/secretVersion:SecretVersion": VERSION,
  "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": VERSION,
};

const ACCOUNT: Effect = {
  label: "none",
  what: "sessions go on; what acts as the account is known by it",
  source: PAGES.iam,
};

const MORE_ALLOWED: Effect = { ...ACCOUNT, exposure: true, what: "who has the role may do what it could not before" };
const LESS_ALLOWED: Effect = { ...ACCOUNT, what: "who has the role may do less than before" };

const PERMISSIONS = oneOf([MORE_ALLOWED, LESS_ALLOWED], ({ from, to }) => {
  const [before, after] = [stringsOf(from), stringsOf(to)];
  if (before === undefined || after === undefined) return undefined;
  return after.every((one) => before.includes(one)) ? LESS_ALLOWED : MORE_ALLOWED;
});

/** Who acts, and by what. */
export const ACCOUNT_TABLES: ResourceTables = {
  "gcp:serviceaccount/account:Account": around({
    changed: ACCOUNT,
    fields: ["accountId", "createIgnoreAlreadyExists", "description", "displayName", "project"],
    properties: {
      disabled: switched(
        false,
        { ...ACCOUNT, label: "restart", what: "what acts as the account is refused, as its logins are; servers go on" },
        ACCOUNT,
      ),
    },
    deleted: {
      ...ACCOUNT,
      label: "none",
      what: "what acts as the account is refused, as its logins are; servers go on",
    },
  }),
  "gcp:serviceaccount/key:Key": around({
    changed: ACCOUNT,
    fields: ["keepers", "keyAlgorithm", "privateKeyType", "publicKeyData", "publicKeyType", "serviceAccountId"],
    created: { ...ACCOUNT, exposure: true, what: "who holds the new key can act as the account, from anywhere" },
    deleted: { ...ACCOUNT, what: "who holds the key can no longer act as the account" },
    replaced: {
      ...ACCOUNT,
      exposure: true,
      what: "who holds the new key can act as the account; the old one is refused",
    },
  }),
  "gcp:projects/iAMCustomRole:IAMCustomRole": around({
    changed: ACCOUNT,
    fields: ["description", "project", "roleId", "stage", "title"],
    properties: {
      permissions: PERMISSIONS,
    },
    deleted: { ...ACCOUNT, what: "who has the role may no longer do what it says" },
  }),
};
