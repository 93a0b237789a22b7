import { credentials } from "@grpc/grpc-js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";

const DEADLINE_MS = 30_000;
const MESSAGE =
  "docker: this is pgtopology's stand-in for the official plugin, docker 5.2.0, which could not be installed here. " +
  "It knows networks, volumes, containers and images; changing to the official one replaces nothing.";

/** Says in the engine's output who is at work. A message that does not arrive stops nothing. */
export function announceStandIn(engineAddress: string): void {
  const client = new engineService.EngineClient(engineAddress, credentials.createInsecure());
  const message = new engine.LogRequest().setSeverity(engine.LogSeverity.INFO).setMessage(MESSAGE);
  const deadline = Date.now() + DEADLINE_MS;
  client.waitForReady(deadline, (error) => {
    if (error) client.close();
    else {
      client.log(message, () => {
        client.close();
      });
    }
  });
}
