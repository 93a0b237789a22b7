import { z } from "zod";

/** An unprivileged TCP port. */
export const port = z.int().min(1024, "an unprivileged port, 1024 or above").max(65_535);

/** Lower-case words joined by hyphens: safe in Docker names, host names, and (with underscores) slot names. */
export const partName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a name of lower-case letters, digits and single hyphens, a letter first");

/** A cloud's region; which ones there are, topology/limits/ knows. */
export const region = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)?\d*$/, "a region such as europe-west1 or nyc3; `pgt limits` lists them");

/** A time of day, UTC. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM, UTC");

/** A day; the form for every year is understood, so that it can be refused with the reason. */
export const day = z.string().regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day as YYYY-MM-DD");

/** A database, and the read-write role of the same name. */
export const databaseName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,40}$/, "lower-case letters, digits and underscores, a letter first, 41 at most");

/** Addresses from which something may be reached. */
export const source = z.cidrv4("a range of IPv4 addresses, such as 203.0.113.7/32");
