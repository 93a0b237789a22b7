import type { AuthClient, GoogleAuth } from "google-auth-library";
import type { z } from "zod";
import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";
import { checkedBase, noAnswer, refusalBody, sendRequest, statusOf, understood } from "./send-request.ts";

const LOGIN = "Log in with `gcloud auth application-default login`, or on a machine with a service account.";

/** One of Google's APIs. */
export interface GoogleService {
  /** As in "Cloud SQL Admin API". */
  readonly title: string;
  /** As it is enabled in a project: its host, too. */
  readonly host: string;
  /** Between the host and the paths of calls. */
  readonly root: string;
  /** What a token is asked for. */
  readonly scope: string;
}

/** Who asks an API, and where it is. */
export interface GoogleApiOptions {
  readonly project: string;
  readonly signal: AbortSignal;
  /** Of a private endpoint, in place of `https://<host>/`; Google's own unless told. */
  readonly baseUrl?: string | undefined;
  /** Application Default Credentials unless told: https://cloud.google.com/docs/authentication/application-default-credentials */
  readonly accessToken?: string | undefined;
  /** Of one try, in milliseconds. */
  readonly tryTimeoutMs?: number | undefined;
}

/** One question to an API. */
export interface GoogleCall {
  /** Below the service's root. */
  readonly path: string;
  /** What it takes, and the least role that has it. */
  readonly permission: string;
  readonly role: string;
  /** Sent as JSON. */
  readonly body?: object;
  /** `POST` unless told, where there is a body. */
  readonly method?: "POST" | "PUT" | "PATCH";
  /** Whether a second one would be a second deed. Never so for what is only read. */
  readonly isDeed?: boolean;
}

/** What is asked for does something else just now (409): Cloud SQL's instances do one thing at a time. */
export class OperationInProgress extends PgtError {}

/**
 * Asks; `undefined` where there is nothing of that name.
 * @throws {OperationInProgress} where it does something else
 * @throws {PgtError} exit code 3 where the caller may not ask
 */
export type GoogleApi = <T>(call: GoogleCall, shape: z.ZodType<T>) => Promise<T | undefined>;

/**
 * One of Google's APIs over HTTPS. What is too much for it (429), or broken there (5xx), is tried again.
 * @throws {PgtError} exit code 2 for a base URL that would send the token in the clear
 */
export async function googleApi(service: GoogleService, options: GoogleApiOptions): Promise<GoogleApi> {
  const base = `${checkedBase(options.baseUrl ?? `https://${service.host}/`)}${service.root}`;
  const { GoogleAuth: Auth, OAuth2Client } = await import("google-auth-library");
  let client: Pick<AuthClient | GoogleAuth, "request">;
  if (options.accessToken === undefined) client = new Auth({ scopes: [service.scope] });
  else {
    const own = new OAuth2Client();
    own.setCredentials({ access_token: options.accessToken });
    client = own;
  }
  return async (call, shape) => {
    let answer: unknown;
    try {
      const { body, isDeed, method } = call;
      const { signal, tryTimeoutMs } = options;
      answer = await sendRequest(client, { url: `${base}${call.path}`, body, isDeed, method, signal, tryTimeoutMs });
    } catch (error) {
      options.signal.throwIfAborted();
      if (statusOf(error) === 404) return undefined;
      throw explained(error, service, call, options);
    }
    return understood(answer, shape, service.title);
  };
}

/** The token is never in the message: the library's own has the request's headers elsewhere. */
function explained(
  error: unknown,
  { host, title }: GoogleService,
  { path, permission, role }: GoogleCall,
  { project, tryTimeoutMs }: GoogleApiOptions,
): PgtError {
  const status = statusOf(error);
  if (status === 401 || isNoLogin(error)) {
    const why = status === 401 ? "it did not take the login (401)" : messageOf(error);
    return new PgtError(`could not ask the ${title}: ${why}`, { exitCode: EXIT.couldNotCheck, fix: [LOGIN] });
  }
  if (status === 403) {
    return new PgtError(`could not ask the ${title}: ${permission} was refused in project ${project} (403)`, {
      exitCode: EXIT.couldNotCheck,
      fix: [
        `Grant the role ${role}, which has ${permission}, and see that the API ${host} is enabled in ${project}.`,
        LOGIN,
      ],
    });
  }
  if (status === 409) return new OperationInProgress(`${path} does something else: ${saidBy(error)}`);
  return new PgtError(`the ${title} did not answer ${path}: ${noAnswer(error, saidBy(error), tryTimeoutMs)}`);
}

/** What the API says of a request that it refuses. */
function saidBy(error: unknown): string {
  const { error: said } = (refusalBody(error) ?? {}) as { error?: { message?: unknown } };
  return typeof said?.message === "string" ? said.message : "";
}

/** Application Default Credentials that are not there are an error before any request. */
function isNoLogin(error: unknown): boolean {
  return /could not load the default credentials/i.test(messageOf(error));
}
