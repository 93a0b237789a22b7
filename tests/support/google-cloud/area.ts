import type { IncomingHttpHeaders } from "node:http";

/** A JSON object; what is in it, the API's reference says. */
export type Json = Record<string, unknown>;

/** A request as it came. */
export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  /** What `raw` is as JSON; empty where it is none. */
  readonly body: Json;
}

/** An answer that is not 200 with JSON. */
export class Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;

  constructor(status: number, body: Buffer | string = "", headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** A refusal, in the form that all of Google's APIs have: https://cloud.google.com/apis/design/errors */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, message: string, reason = REASONS[status] ?? "backendError") {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: "invalid",
  403: "forbidden",
  404: "notFound",
  409: "alreadyExists",
  412: "conditionNotMet",
};

/** What all areas have in common. */
export interface World {
  readonly project: string;
  readonly projectNumber: string;
  /** Of the server, without a slash at its end. */
  readonly origin: string;
  /** PEM, of every instance's authority. */
  readonly caCertificate: string;
}

/** Answers one kind of request; what the path's braces stand for comes decoded, in its order. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (request: ApiRequest, matched: readonly string[]) => unknown;
}

/** @param path as in `/sql/v1beta4/projects/{project}/instances/{name}`; `{name*}` may have slashes in it */
export function route(method: string, path: string, handle: Route["handle"]): Route {
  const source = path
    .replaceAll(/[.]/g, "\\.")
    .replaceAll(/\{\w+\*\}/g, "(.+)")
    .replaceAll(/\{\w+\}/g, "([^/:]+)");
  return { method, pattern: new RegExp(`^${source}$`), handle };
}

/** What is stored by that name. @throws {ApiError} 404 */
export function found<T>(stored: ReadonlyMap<string, T>, name: string): T {
  const value = stored.get(name);
  if (value === undefined) throw new ApiError(404, `${name} does not exist.`);
  return value;
}

/** Stores something new. @throws {ApiError} 409 */
export function add<T>(stored: Map<string, T>, name: string, value: T): T {
  if (stored.has(name)) throw new ApiError(409, `${name} already exists.`);
  stored.set(name, value);
  return value;
}

/** A text of a JSON object; empty where there is none. */
export function text(object: Json, field: string): string {
  const value = object[field];
  return typeof value === "string" ? value : "";
}

/** An object within a JSON object; empty where there is none. */
export function part(object: Json, field: string): Json {
  const value = object[field];
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
