import { gaxios } from "google-auth-library";
import type { z } from "zod";
import {
  autoscaleAnswer,
  backupsAnswer,
  clusterAnswer,
  configAnswer,
  type DigitalOceanApi,
  dropletAnswer,
  firewallsAnswer,
  poolsAnswer,
  replicasAnswer,
  sourcesAnswer,
  usersAnswer,
  vpcAnswer,
} from "../facts/from-live/digitalocean/digitalocean-answers.ts";
import { EXIT, PgtError } from "../kernel/errors.ts";
import { checkedBase, noAnswer, refusalBody, sendRequest, statusOf, understood } from "./send-request.ts";

const OWN_URL = "https://api.digitalocean.com/";
const TITLE = "DigitalOcean API";
/** The most that an answer may list: https://docs.digitalocean.com/reference/api/intro/#links--pagination */
const ALL = "?per_page=200";
const TOKEN_FIX =
  "Set DIGITALOCEAN_TOKEN to a personal access token: https://docs.digitalocean.com/reference/api/create-personal-access-token/";

/** Who asks DigitalOcean's API, and where it is. */
export interface DigitalOceanOptions {
  readonly token: string | undefined;
  /** In place of DigitalOcean's own. */
  readonly baseUrl?: string | undefined;
  readonly signal: AbortSignal;
  /** Of one try, in milliseconds. */
  readonly tryTimeoutMs?: number | undefined;
}

/**
 * What the environment says, in the provider's own words.
 * @see https://www.pulumi.com/registry/packages/digitalocean/installation-configuration/
 */
export function digitalOceanSettings(env: NodeJS.ProcessEnv): Pick<DigitalOceanOptions, "token" | "baseUrl"> {
  return { token: env.DIGITALOCEAN_TOKEN ?? env.DIGITALOCEAN_ACCESS_TOKEN, baseUrl: env.DIGITALOCEAN_API_URL };
}

/** One question. */
interface Question {
  /** Below the API's root. */
  readonly path: string;
  /** That the token must have: https://docs.digitalocean.com/reference/api/scopes/ */
  readonly scope: string;
}

/**
 * What verification asks of DigitalOcean's API.
 * @throws {PgtError} exit code 2 for a base URL that would send the token in the clear; 3 without a token
 */
export function digitalOceanApi(options: DigitalOceanOptions): DigitalOceanApi {
  const ask = asker(options);
  const database = (path: string): Question => ({ path: `databases/${path}`, scope: "database:read" });
  return {
    cluster: async (id) => (await ask(database(id), clusterAnswer))?.database,
    autoscales: async (id) => {
      const answer = await ask(database(`${id}/autoscale`), autoscaleAnswer);
      return answer && answer.autoscale.storage?.enabled === true;
    },
    config: async (id) => (await ask(database(`${id}/config`), configAnswer))?.config,
    sources: async (id) => listOf(await ask(database(`${id}/firewall`), sourcesAnswer), ({ rules }) => rules),
    pools: async (id) => listOf(await ask(database(`${id}/pools${ALL}`), poolsAnswer), ({ pools }) => pools),
    replicas: async (id) =>
      listOf(await ask(database(`${id}/replicas${ALL}`), replicasAnswer), ({ replicas }) => replicas),
    users: async (id) => listOf(await ask(database(`${id}/users${ALL}`), usersAnswer), ({ users }) => users),
    backups: (id) => ask(database(`${id}/backups`), backupsAnswer),
    vpc: async (id) => (await ask({ path: `vpcs/${id}`, scope: "vpc:read" }, vpcAnswer))?.vpc,
    droplet: async (id) => (await ask({ path: `droplets/${id}`, scope: "droplet:read" }, dropletAnswer))?.droplet,
    firewallsOf: async (id) =>
      listOf(
        await ask({ path: `droplets/${id}/firewalls${ALL}`, scope: "firewall:read" }, firewallsAnswer),
        ({ firewalls }) => firewalls,
      ),
  };
}

/**
 * Asks the API by its path; `undefined` for what is not there.
 * @throws {PgtError} exit code 2 for a base URL that would send the token in the clear; 3 without a token
 */
export function asker(
  options: DigitalOceanOptions,
): <T>(question: Question, shape: z.ZodType<T>) => Promise<T | undefined> {
  const { baseUrl = OWN_URL, signal, token, tryTimeoutMs } = options;
  const base = `${checkedBase(baseUrl)}v2/`;
  if (token === undefined || token === "") {
    throw new PgtError(`could not ask the ${TITLE}: there is no token`, {
      exitCode: EXIT.couldNotCheck,
      fix: [TOKEN_FIX],
    });
  }
  const sender = new gaxios.Gaxios({ headers: { authorization: `Bearer ${token}` } });
  return async (question, shape) => {
    let answer: unknown;
    try {
      answer = await sendRequest(sender, { url: `${base}${question.path}`, signal, tryTimeoutMs });
    } catch (error) {
      signal.throwIfAborted();
      if (statusOf(error) === 404) return undefined;
      throw explained(error, question, tryTimeoutMs);
    }
    return understood(answer, shape, TITLE);
  };
}

/** The token is never in the message. */
function explained(error: unknown, { path, scope }: Question, tryTimeoutMs: number | undefined): PgtError {
  const status = statusOf(error);
  if (status === 401) {
    return new PgtError(`could not ask the ${TITLE}: it did not take the token (401)`, {
      exitCode: EXIT.couldNotCheck,
      fix: [TOKEN_FIX],
    });
  }
  if (status === 403) {
    return new PgtError(`could not ask the ${TITLE} for ${path}: the token may not (403)`, {
      exitCode: EXIT.couldNotCheck,
      fix: [`Give the token the scope ${scope}.`],
    });
  }
  return new PgtError(`the ${TITLE} did not answer ${path}: ${noAnswer(error, saidBy(error), tryTimeoutMs)}`);
}

/** As the API tells its errors: https://docs.digitalocean.com/reference/api/intro/#http-statuses */
function saidBy(error: unknown): string {
  const { message } = (refusalBody(error) ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : "";
}

/** An empty list is left out, or null. */
function listOf<A, T>(answer: A | undefined, pick: (answer: A) => readonly T[] | null | undefined) {
  return answer === undefined ? undefined : (pick(answer) ?? []);
}
