import { ApiError, type Json, type Route, route, text, type World } from "./area.ts";

const SERVICE = "/servicenetworking/v1/services/{service}";

/** https://cloud.google.com/service-infrastructure/docs/service-networking/reference/rest/v1/services.connections */
export function serviceNetworking({ projectNumber }: World): Route[] {
  const connections = new Map<string, Json>();
  const done = (response: Json): Json => ({ name: "operations/pssn.p24-1", done: true, response });
  return [
    route("POST", `${SERVICE}/connections`, ({ body }) => {
      const network = text(body, "network");
      if (!network.startsWith(`projects/${projectNumber}/`)) {
        throw new ApiError(400, "The network's project has to be a number.");
      }
      const connection = {
        ...body,
        peering: "servicenetworking-googleapis-com",
        service: "services/servicenetworking.googleapis.com",
      };
      connections.set(network, connection);
      return done(connection);
    }),
    route("GET", `${SERVICE}/connections`, ({ query }) => ({
      connections: [...connections.values()].filter(({ network }) => network === query.get("network")),
    })),
    route("POST", `${SERVICE}/connections/{peering}`, ({ body }) => {
      connections.delete(text(body, "consumerNetwork"));
      return done({});
    }),
    route("DELETE", `${SERVICE}/connections/{peering}`, ({ body }) => {
      connections.delete(text(body, "consumerNetwork"));
      return done({});
    }),
  ];
}
