import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that was asked for. */
export interface AskedJob {
  /** As in `POST projects/p/locations/r/jobs/j:run`. */
  readonly what: string;
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
}

/** As much of the Cloud Run Admin API and of Cloud Logging as starting a job, watching it and reading its log takes. */
export interface PretendJobApi {
  readonly baseUrl: string;
  readonly asked: AskedJob[];
  /** What `executions.get` answers, one after the other; the last one stays. */
  readonly executions: object[];
  /** What `entries.list` answers, one page after the other; the last one stays. */
  readonly pages: object[];
  /** Statuses in place of answers, by a part of what is asked for. */
  readonly refused: Map<string, number>;
  readonly end: () => void;
}

/** Starts it on a free port of 127.0.0.1; it has one job, by its full name, whose execution is `<job>-x7k2p`. */
export async function startPretendJobApi(job: string): Promise<PretendJobApi> {
  const asked: AskedJob[] = [];
  const executions: object[] = [];
  const pages: object[] = [];
  const refused = new Map<string, number>();
  const execution = `${job}/executions/${job.slice(job.lastIndexOf("/") + 1)}-x7k2p`;
  const next = (list: object[]): object => (list.length > 1 ? list.shift() : list[0]) ?? {};
  const answerTo = (what: string): object | undefined => {
    if (what === `POST ${job}:run`) return { name: "operations/1", metadata: { name: execution }, done: false };
    if (what === `GET ${execution}`) return { name: execution, ...next(executions) };
    return what === "POST entries:list" ? next(pages) : undefined;
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const what = `${request.method ?? ""} ${(request.url ?? "").replace(/^\/v2\//, "")}`;
      asked.push({ what, body, authorization: request.headers.authorization });
      const status = [...refused].find(([part]) => what.includes(part))?.[1];
      const answer = status === undefined ? answerTo(what) : undefined;
      const code = status ?? (answer === undefined ? 404 : 200);
      response.writeHead(code, { "content-type": "application/json" });
      // As the APIs tell their errors: https://cloud.google.com/apis/design/errors
      response.end(JSON.stringify(answer ?? { error: { code, message: `pretended ${code}` } }));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    executions,
    pages,
    refused,
    end: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
