import { isKnown } from "../known.ts";
import type { Requirement } from "../requirement.ts";
import { every, fail, known, notApplicable, verdict } from "../verdict.ts";

/** How services live with their database. */
export const servicesAndDatabase: readonly Requirement<"services">[] = [
  {
    id: "services/fit-max-connections",
    topic: "services",
    severity: "medium",
    joins: true,
    title: "The services of a stack open no more connections than their database has",
    why: "On the busiest day a new instance of a service is refused by the database, and so is whoever wants to find out why.",
    fix: "Lower `maxInstanceCount` or the pool of each instance, raise `max_connections`, or put a pooler between them.",
    docs: "https://cloud.google.com/sql/docs/postgres/manage-connections",
    // A wish that does not fit is refused before it is one.
    witnesses: ["plan"],
    check: (facts) =>
      known(facts, ["demand"], ({ demand }) =>
        every(
          demand,
          (one) => one.name,
          (one) =>
            known(one, ["available"], ({ available }) => {
              // One connection each is the least: that is too much whatever the pools are.
              const least = isKnown(one.atLeast) ? one.atLeast : 0;
              if (least > available) return fail(`got ${least} connections or more, want ${available} at most`);
              return known(one, ["wanted"], ({ wanted }) =>
                verdict(wanted <= available, `got ${wanted} connections, want ${available} at most`),
              );
            }),
          "no service and no database are in one stack",
        ),
      ),
  },
  {
    id: "services/own-user",
    topic: "services",
    severity: "medium",
    joins: true,
    title: "Each service logs in as a user of its own",
    why: "A password that two services share can be taken from neither, and no log says which of them it was.",
    fix: "Make a user for each service, with the rights that it needs.",
    docs: "https://cloud.google.com/sql/docs/postgres/users",
    witnesses: ["plan"],
    check: (facts) =>
      known(facts, ["services"], ({ services }) => {
        if (services.length < 2) return notApplicable("there are not two services");
        return every(
          services,
          (service) => service.name,
          (service) =>
            known(service, ["logins"], ({ logins }) => {
              const others = services.filter((other) => other !== service && isKnown(other.logins));
              const shared = others.filter(
                (other) => isKnown(other.logins) && other.logins.some((one) => logins.includes(one)),
              );
              if (logins.length === 0) return notApplicable("it names no user");
              return verdict(
                shared.length === 0,
                `got the same user as ${shared.map(({ name }) => name).join(", ")}, want one of its own`,
              );
            }),
          "there is no service",
        );
      }),
  },
];
