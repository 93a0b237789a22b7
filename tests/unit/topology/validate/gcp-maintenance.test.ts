// Whether a period is over is not judged: that needs a clock.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MAINTENANCE_RULES } from "../../../../topology/validate/gcp-maintenance.ts";
import { type GcpCase, gcpIssues, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

const freeze = (from: string, to: string): GcpWish => ({ maintenance: { freeze: [{ from, to }] } });
const DECEMBER = { from: "2026-12-01", to: "2026-12-31" };

const CASES: Record<keyof typeof MAINTENANCE_RULES, readonly GcpCase[]> = {
  oneFreezeIsKept: [
    {
      title: "a second period without maintenance (trap 18)",
      good: { maintenance: { freeze: [DECEMBER] } },
      bad: { maintenance: { freeze: [DECEMBER, { from: "2027-07-01", to: "2027-07-31" }] } },
      text: `maintenance.freeze
    got: 2 periods
    want: at most 1
    because: the provider hands on one deny period
    fix: keep the one that matters most`,
    },
  ],
  freezeNamesItsYears: [
    {
      title: "a first day without a year",
      good: freeze("2026-12-20", "2027-01-05"),
      bad: freeze("12-20", "2027-01-05"),
      text: `maintenance.freeze.0.from
    got: 12-20
    want: a day with its year, as YYYY-MM-DD
    because: a period that comes back every year is a difference for the provider at every preview
    fix: write 2026-12-20, and the next year when it is over`,
    },
    {
      title: "a last day without a year",
      good: freeze("2026-12-20", "2027-01-05"),
      bad: freeze("2026-12-20", "01-05"),
      text: `maintenance.freeze.0.to
    got: 01-05
    want: a day with its year, as YYYY-MM-DD
    because: a period that comes back every year is a difference for the provider at every preview
    fix: write 2027-01-05, and the next year when it is over`,
    },
  ],
  freezeHasDaysThatExist: [
    {
      title: "a day that no calendar has",
      good: freeze("2028-02-01", "2028-02-29"),
      bad: freeze("2027-02-01", "2027-02-29"),
      text: `maintenance.freeze.0.to
    got: 2027-02-29
    want: a day of the calendar
    fix: use 2027-02-28`,
    },
  ],
  freezeEndsAfterItBegins: [
    {
      title: "a period that ends before it begins",
      good: freeze("2027-01-02", "2027-01-02"),
      bad: freeze("2027-01-02", "2027-01-01"),
      text: `maintenance.freeze.0.to
    got: 2027-01-01, from 2027-01-02
    want: a day on or after the first
    fix: swap the two days`,
    },
  ],
  freezeIsShortEnough: [
    {
      title: "a period that is too long",
      good: freeze("2027-01-01", "2027-03-31"),
      bad: freeze("2027-01-01", "2027-04-01"),
      text: `maintenance.freeze.0.to
    got: 91 days, 2027-01-01 to 2027-04-01
    want: at most 90 days
    because: Cloud SQL puts maintenance off no longer
    fix: use 2027-03-31`,
    },
  ],
};

describe("maintenance on Cloud SQL", () => {
  it("names both ends of a period that comes back every year, be it over a new year or of a day that few years have", () => {
    for (const [from, to] of [
      ["12-20", "01-05"],
      ["02-29", "03-01"],
    ] as const) {
      const issues = gcpIssues(freeze(from, to));
      assert.deepEqual(
        issues.map((text) => text.split("\n")[0]),
        ["maintenance.freeze.0.from", "maintenance.freeze.0.to"],
      );
      assert.match(issues[0] ?? "", new RegExp(`fix: write YYYY-${from}, and the next year when it is over$`));
    }
  });

  testRules(MAINTENANCE_RULES, CASES);
});
