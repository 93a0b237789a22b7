import { Server, ServerCredentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { createDockerCalls } from "./docker-calls.ts";
import { watchLifetime } from "./lifetime.ts";
import { providerService } from "./provider-service.ts";
import { resourceService } from "./resource-service.ts";

/** The engine sends whole configuration files inside properties. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Serves the ResourceProvider service on a free port of this machine, and returns the port. */
export async function serve(engineAddress: string | undefined): Promise<number> {
  const lifetime = watchLifetime();
  const docker = createDockerCalls(lifetime.signal);
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  server.addService(services.ResourceProviderService, {
    ...providerService(engineAddress, lifetime.cancel),
    ...resourceService(docker, lifetime.track),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}
