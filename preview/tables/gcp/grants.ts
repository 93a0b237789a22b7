import { IAM_TYPES } from "../../../facts/from-plan/gcp/resource-types.ts";
import { ACCESS_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PlannedStep } from "../../planned-step.ts";
import type { PropertyRule, ResourceTable, ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { DISABLED_KEYS, PAGES } from "./sources.ts";
import { byInputs, fieldOf, isNothing, oneOf, stringsOf } from "./value-rules.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** Members that are everybody. */
const EVERYBODY = ["allUsers", "allAuthenticatedUsers"];
/** Roles that open every database, and much else. */
const ALL_POWERFUL = ["roles/owner", "roles/editor", "roles/cloudsql.admin"];

/** What being granted something means, by what it is for. */
interface Meaning {
  /** What everybody may do from then on. */
  readonly opens: Effect;
  readonly given: Effect;
  readonly taken: Effect;
}

function meaning(what: { opens: string; given: string; taken: string }, source: Effect["source"] = PAGES.iam): Meaning {
  return {
    opens: { label: "none", exposure: true, what: what.opens, source },
    given: { label: "none", what: what.given, source },
    taken: { label: "none", what: what.taken, source },
  };
}

/** Whether somebody may do something from now on that nobody should. */
function isOpen(members: readonly string[], role: unknown): boolean {
  return members.some((member) => EVERYBODY.includes(member)) || ALL_POWERFUL.some((name) => name === role);
}

function membersOf(inputs: Inputs): readonly string[] {
  const member = fieldOf(inputs, "member");
  const members = fieldOf(inputs, "members");
  return [member, ...(Array.isArray(members) ? (members as unknown[]) : [])].filter((one) => typeof one === "string");
}

function granted(inputs: Inputs, { opens, given }: Meaning): Effect {
  const policy = fieldOf(inputs, "policyData");
  const isWide = typeof policy === "string" && EVERYBODY.some((one) => policy.includes(`"${one}"`));
  return isWide || isOpen(membersOf(inputs), fieldOf(inputs, "role")) ? opens : given;
}

function membersRule({ opens, given, taken }: Meaning): PropertyRule {
  return oneOf([opens, given, taken], ({ from, to, next }) => {
    const [before, after] = [stringsOf(from), stringsOf(to)];
    if (before === undefined || after === undefined) return undefined;
    const more = after.filter((one) => !before.includes(one));
    if (more.length === 0) return taken;
    return isOpen(more, fieldOf(next, "role")) ? opens : given;
  });
}

/** A policy is text: who is new in it is told by the names of everybody only. */
function policyRule({ opens, given }: Meaning): PropertyRule {
  return oneOf([opens, given], ({ from, to }) => {
    if (typeof to !== "string" || (typeof from !== "string" && !isNothing(from))) return undefined;
    const before = typeof from === "string" ? from : "";
    const opened = [...EVERYBODY, ...ALL_POWERFUL].some((word) => count(to, word) > count(before, word));
    return opened ? opens : given;
  });
}

function count(text: string, word: string): number {
  return text.split(`"${word}"`).length - 1;
}

function grants(what: Meaning): ResourceTable {
  return around({
    changed: what.given,
    fields: [
      "bucket",
      "condition",
      "cryptoKeyId",
      "keyRingId",
      "location",
      "name",
      "project",
      "secretId",
      "service",
      "serviceAccountId",
    ],
    properties: {
      member: membersRule({ ...what, taken: what.given }),
      members: membersRule(what),
      role: oneOf([what.opens, what.given], ({ to }) =>
        typeof to === "string" ? (isOpen([], to) ? what.opens : what.given) : undefined,
      ),
      policyData: policyRule(what),
    },
    created: byInputs((inputs) => granted(inputs, what)),
    deleted: what.taken,
    replaced: (step: PlannedStep) => granted(step.next?.inputs ?? {}, what),
  });
}

const PLAIN = meaning({
  opens: "everybody, or who has all power in the project, may do it from then on",
  given: "somebody may do what is named; servers go on",
  taken: "somebody may no longer do what is named; servers go on",
});

const KEY = meaning(
  {
    opens: "everybody may use the key",
    given: "somebody may use the key; servers go on",
    taken: "who used the key no longer can: what it encrypts can't be read, and servers stop",
  },
  DISABLED_KEYS,
);

const MEANINGS: Readonly<Record<keyof typeof IAM_TYPES, Meaning>> = {
  bucket: { ...PLAIN, opens: { ...PLAIN.opens, what: "everybody may read, or write, the exports in the bucket" } },
  secret: { ...PLAIN, opens: { ...PLAIN.opens, what: "everybody may read the secret" } },
  // Whoever encrypts servers, backups or exports by it is among those who lose it.
  key: { ...KEY, taken: { ...KEY.taken, label: "restart" } },
  service: { opens: ACCESS_EFFECTS.servicePublic, given: PLAIN.given, taken: ACCESS_EFFECTS.serviceHidden },
  project: PLAIN,
};

const OF_ACCOUNTS = ["Member", "Binding", "Policy"].map((kind) => `gcp:serviceaccount/iAM${kind}:IAM${kind}`);

/** Who may do what. */
export const GRANT_TABLES: ResourceTables = Object.fromEntries([
  ...Object.entries(IAM_TYPES).flatMap(([kind, types]) => {
    const table = grants(MEANINGS[kind as keyof typeof IAM_TYPES]);
    return types.map((type) => [type, table] as const);
  }),
  ...OF_ACCOUNTS.map((type) => [type, grants(PLAIN)] as const),
]);
