import type { z } from "zod";
import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";

/** Of one try. */
const TRY_TIMEOUT_MS = 10_000;
/** Of all tries of one call. */
const CALL_TIMEOUT_MS = 30_000;
const TRIES_MORE = 3;

/** One request to an API over HTTPS. */
export interface ApiRequest {
  readonly url: string;
  readonly signal: AbortSignal;
  /** Of one try, in milliseconds. */
  readonly tryTimeoutMs?: number | undefined;
  /** Sent as JSON. */
  readonly body?: object | undefined;
  /** `POST` unless told, where there is a body. */
  readonly method?: "POST" | "PUT" | "PATCH" | undefined;
  /** Whether a second one would be a second deed. Never so for what is only read. */
  readonly isDeed?: boolean | undefined;
}

/** What sends: gaxios, or one of Google's clients, which put a login in front of it. */
export interface Sender {
  request(options: object): Promise<{ readonly data: unknown }>;
}

/** Sends; what is too much for the API (429), or broken there (5xx), is tried again. @throws what gaxios throws */
export async function sendRequest(sender: Sender, request: ApiRequest): Promise<unknown> {
  const { body, isDeed = false, signal, tryTimeoutMs = TRY_TIMEOUT_MS, url } = request;
  const method = body === undefined ? "GET" : (request.method ?? "POST");
  const response = await sender.request({
    url,
    method,
    ...(body !== undefined && { data: body }),
    signal,
    timeout: tryTimeoutMs,
    responseType: "json",
    retry: !isDeed,
    retryConfig: {
      retry: isDeed ? 0 : TRIES_MORE,
      noResponseRetries: isDeed ? 0 : 1,
      httpMethodsToRetry: isDeed ? [] : [method],
      totalTimeout: CALL_TIMEOUT_MS,
      statusCodesToRetry: [
        [429, 429],
        [500, 599],
      ],
    },
  });
  return response.data;
}

/** @param title as in "Cloud SQL Admin API" @throws {PgtError} where the answer has another shape */
export function understood<T>(answer: unknown, shape: z.ZodType<T>, title: string): T {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PgtError(
    `the answer of the ${title} is not understood: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
  );
}

/** The HTTP status of what {@link sendRequest} threw; `undefined` where nothing answered. */
export function statusOf(error: unknown): number | undefined {
  const { response, status } = error as { status?: number; response?: { status?: number } };
  return status ?? response?.status;
}

/**
 * Why there is no answer, in words. Nothing of the request is in them: it carries the token.
 * @param said what the API says of a request that it refuses
 */
export function noAnswer(error: unknown, said: string, tryTimeoutMs = TRY_TIMEOUT_MS): string {
  const status = statusOf(error);
  if (status !== undefined) return `status ${status}${said === "" || status >= 500 ? "" : `: ${said}`}`;
  return isTimeOut(error) ? `nothing within ${tryTimeoutMs / 1000} s` : messageOf(error);
}

/** The body of an answer that refuses. */
export function refusalBody(error: unknown): unknown {
  return (error as { response?: { data?: unknown } }).response?.data;
}

function isTimeOut(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return code === "TimeoutError" || name === "TimeoutError";
}

/** With a slash at its end. A token goes over TLS, or does not leave the machine. @throws {PgtError} exit code 2 */
export function checkedBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isLocal = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === undefined || (url.protocol !== "https:" && !isLocal)) {
    throw new PgtError(`the base URL of the API: got ${baseUrl}, want https://`, { exitCode: EXIT.usage });
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
