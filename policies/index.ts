import { type Policies, PolicyPack } from "@pulumi/policy";
import { listedPolicies, PACK_NAME, policies } from "./pack.ts";

// Starts the server that the engine talks to; everything that can be tried without one is in pack.ts.
new PolicyPack(PACK_NAME, { policies: [...policies, ...listedPolicies] as Policies });
