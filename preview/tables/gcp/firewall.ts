import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTable, ResourceTables } from "../../resource-table.ts";
import { ranges } from "./address-ranges.ts";
import { around } from "./around.ts";
import { PAGES } from "./sources.ts";
import { byInputs, counted, fieldOf, isNothing, oneOf, stringsOf, switched } from "./value-rules.ts";

type Inputs = Readonly<Record<string, unknown>>;

const OPENS: Effect = {
  label: "none",
  exposure: true,
  what: "somebody may connect who could not before",
  source: PAGES.firewall,
};

const CLOSES: Effect = {
  label: "restart",
  what: "somebody can no longer connect; what is connected may be cut off",
  source: PAGES.firewall,
};

const SAME: Effect = { label: "none", what: "the same may connect as before", source: PAGES.firewall };

/** A rule that says who may not. */
function isDenial(inputs: Inputs): boolean {
  return !isNothing(fieldOf(inputs, "denies"));
}

/** A rule of what goes out lets nobody in. */
function isOutgoing(inputs: Inputs): boolean {
  return fieldOf(inputs, "direction") === "EGRESS";
}

function isOff(inputs: Inputs): boolean {
  return fieldOf(inputs, "disabled") === true;
}

/** What it does that a rule of these words comes to hold, or no longer does. */
function held(inputs: Inputs, comes: boolean): Effect {
  if (isOff(inputs)) return SAME;
  if (isOutgoing(inputs)) return comes === isDenial(inputs) ? CLOSES : SAME;
  return comes === isDenial(inputs) ? CLOSES : OPENS;
}

/** More of whom the rule is about. */
function members(unset: "everybody" | "nobody") {
  return oneOf([OPENS, CLOSES, SAME], ({ from, to, next }) => {
    const [before, after] = [stringsOf(from), stringsOf(to)];
    if (before === undefined || after === undefined) return undefined;
    const isAll = (list: readonly string[]): boolean => unset === "everybody" && list.length === 0;
    const grows = !isAll(before) && (isAll(after) || after.some((one) => !before.includes(one)));
    const shrinks = !isAll(after) && (isAll(before) || before.some((one) => !after.includes(one)));
    if (!grows && !shrinks) return SAME;
    if (isOff(next)) return SAME;
    return grows === isDenial(next) && grows !== shrinks ? CLOSES : OPENS;
  });
}

const SOURCES = ranges({ opens: OPENS, narrows: CLOSES, empties: OPENS });

/** Of a denial, the other way round. An empty list is everybody, unless tags or accounts say who. */
const SOURCE_RANGES = oneOf([OPENS, CLOSES, SAME], (edit) => {
  if (isOff(edit.next)) return SAME;
  if (!isDenial(edit.next)) return SOURCES.by(edit);
  return SOURCES.by({ ...edit, from: edit.to, to: edit.from });
});

const PROTOCOLS = oneOf([OPENS, CLOSES, SAME], ({ from, to }) => {
  const [before, after] = [protocolsOf(from), protocolsOf(to)];
  if (before === undefined || after === undefined) return undefined;
  return after.every((one) => before.includes(one)) ? CLOSES : OPENS;
});

/** As `tcp:5432`; a port of a range counts as the range. */
function protocolsOf(value: unknown): readonly string[] | undefined {
  if (isNothing(value)) return [];
  if (!Array.isArray(value)) return undefined;
  const lists = value.map((item: unknown): string[] | undefined => {
    const protocol = fieldOf(item, "protocol");
    const ports = stringsOf(fieldOf(item, "ports"));
    if (typeof protocol !== "string" || ports === undefined) return undefined;
    return ports.length === 0 ? [protocol] : ports.map((port) => `${protocol}:${port}`);
  });
  return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

const FIREWALL: ResourceTable = around({
  changed: SAME,
  fields: ["description", "enableLogging", "logConfig", "params"],
  properties: {
    sourceRanges: SOURCE_RANGES,
    destinationRanges: SOURCE_RANGES,
    sourceTags: members("nobody"),
    sourceServiceAccounts: members("nobody"),
    targetTags: members("everybody"),
    targetServiceAccounts: members("everybody"),
    allows: PROTOCOLS,
    denies: oneOf([OPENS, CLOSES, SAME], (edit) => PROTOCOLS.by({ ...edit, from: edit.to, to: edit.from })),
    disabled: oneOf([OPENS, CLOSES, SAME], ({ to, next }) => {
      if (to !== undefined && to !== null && typeof to !== "boolean") return undefined;
      return held({ ...next, disabled: false }, to !== true);
    }),
    priority: counted(1000, OPENS, OPENS),
    ...Object.fromEntries(["direction", "name", "network", "project"].map((field) => [field, OPENS])),
  },
  created: byInputs((inputs) => held(inputs, true)),
  deleted: byInputs((inputs) => held(inputs, false)),
  replaced: {
    ...OPENS,
    what: "another rule is made for it: who may connect in between, and afterwards, is to be looked at",
  },
});

const POLICY = around({
  changed: OPENS,
  fields: [
    "action",
    "description",
    "direction",
    "disabled",
    "enableLogging",
    "firewallPolicy",
    "match",
    "priority",
    "project",
    "ruleName",
    "securityProfileGroup",
    "targetSecureTags",
    "targetServiceAccounts",
    "tlsInspect",
    "targetResources",
    "region",
    "name",
    "rules",
    "parent",
    "shortName",
    "policyType",
    "attachmentTarget",
    "targetForwardingRules",
    "targetType",
  ],
  created: OPENS,
  deleted: OPENS,
});

/** Who may connect through the network. */
export const FIREWALL_TABLES: ResourceTables = {
  "gcp:compute/firewall:Firewall": FIREWALL,
  "gcp:compute/firewallPolicyRule:FirewallPolicyRule": POLICY,
  "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy": POLICY,
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": POLICY,
  "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation": POLICY,
  "gcp:servicenetworking/vpcServiceControls:VpcServiceControls": around({
    changed: { ...OPENS, what: "what the cloud's services may reach past the perimeter changes" },
    fields: ["enabled", "network", "project", "service"],
    properties: {
      enabled: switched(false, CLOSES, OPENS),
    },
    deleted: OPENS,
  }),
};
