import { ACCESS_EFFECTS, SERVER_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTable } from "../../resource-table.ts";
import { around, GUARDS } from "./around.ts";
import { PAGES, USER_RESOURCE } from "./sources.ts";
import { byInputs, each, fieldOf, oneOf, present, secret, stringsOf, switched } from "./value-rules.ts";

const DROPPED: Effect = {
  label: "data loss",
  what: "the database is dropped with all that is in it; backups of the instance have it still",
  source: PAGES.users,
};

/** A database in an instance. */
export const DATABASE: ResourceTable = {
  properties: {
    ...each(["name", "instance", "project"], ACCESS_EFFECTS.otherDatabase),
    ...each(["charset", "collation"], {
      label: "data loss",
      what: "PostgreSQL never changes it in a database that is there: another one has to be made",
      source: PAGES.users,
    }),
    ...GUARDS,
  },
  unlisted: "data loss",
  created: { label: "none", what: "an empty database is made; what is there goes on", source: PAGES.users },
  deleted: byInputs((inputs): Effect =>
    fieldOf(inputs, "deletionPolicy") === "ABANDON"
      ? { ...DROPPED, label: "none", what: "the database stays, and Pulumi no longer knows it" }
      : DROPPED,
  ),
  replaced: byInputs((inputs): Effect =>
    fieldOf(inputs, "deletionPolicy") === "ABANDON"
      ? ACCESS_EFFECTS.otherDatabase
      : { ...DROPPED, what: "an empty database is made, and the old one is dropped with all that is in it" },
  ),
};

const NEW_PASSWORD: Effect = {
  label: "none",
  what: "the user has another password from then on; sessions go on, and the next login needs it",
  source: USER_RESOURCE,
};

const USER_GONE: Effect = {
  label: "none",
  what: "the user is removed, if it owns nothing: who logs in by its name no longer can",
  source: PAGES.users,
};

const MORE_ROLES: Effect = {
  label: "none",
  exposure: true,
  what: "the user may do what it could not before; roles that were granted past Pulumi are taken away",
  source: USER_RESOURCE,
};

/** The provider sends the whole list. */
const ROLES = oneOf(
  [MORE_ROLES, { ...MORE_ROLES, exposure: false, what: "the user may do less than before" }],
  ({ from, to }) => {
    const [before, after] = [stringsOf(from), stringsOf(to)];
    if (before === undefined || after === undefined) return undefined;
    return after.every((role) => before.includes(role))
      ? { ...MORE_ROLES, exposure: false, what: "the user may do less than before" }
      : MORE_ROLES;
  },
);

const LOGIN: Effect = { label: "none", what: "logins of the user are watched in another way", source: USER_RESOURCE };
const LESS_WATCHED: Effect = {
  ...LOGIN,
  exposure: true,
  what: "passwords of the user may be tried for longer, or used for longer",
};

/** A user of an instance. */
export const USER = around({
  changed: ACCESS_EFFECTS.newUser,
  fields: ["name", "host", "instance", "project", "type"],
  properties: {
    password: secret(NEW_PASSWORD),
    passwordWo: secret(NEW_PASSWORD),
    passwordWoVersion: NEW_PASSWORD,
    databaseRoles: ROLES,
    "passwordPolicy.enableFailedAttemptsCheck": switched(false, LOGIN, LESS_WATCHED),
    "passwordPolicy.enablePasswordVerification": switched(false, LOGIN, LESS_WATCHED),
    "passwordPolicy.passwordExpirationDuration": present(LOGIN, LOGIN, LESS_WATCHED),
    ...each(["passwordPolicy.allowedFailedAttempts", "passwordPolicy.statuses"], LOGIN),
  },
  created: { ...ACCESS_EFFECTS.newUser, what: "a user is made; what it may do, SQL says" },
  deleted: USER_GONE,
  replaced: byInputs((inputs): Effect =>
    fieldOf(inputs, "deletionPolicy") === "ABANDON"
      ? ACCESS_EFFECTS.newUser
      : { ...USER_GONE, what: "a user of the new name is made, and the old one is removed, if it owns nothing" },
  ),
});

/** A certificate that a client shows. */
export const CERTIFICATE = around({
  changed: {
    label: "none",
    what: "another certificate is made; who shows the old one is no longer let in",
    source: PAGES.users,
  },
  fields: ["commonName", "instance", "project"],
  deleted: {
    label: "none",
    what: "who shows the certificate is no longer let in; sessions go on",
    source: PAGES.users,
  },
});

const SCRIPT: Effect = {
  label: "data loss",
  what: "the script is run on the database: what it does, nobody looked at",
  source: PAGES.users,
};

/** SQL that is run on an instance. */
export const SCRIPT_RUN = around({
  changed: SCRIPT,
  fields: ["script", "database", "instance", "project", "user", "passwordSecretVersion"],
  properties: { description: SERVER_EFFECTS.inPlace },
  created: SCRIPT,
  deleted: { ...SCRIPT, label: "none", what: "what the script did stays" },
  replaced: SCRIPT,
});
