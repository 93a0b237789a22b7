import { status, type handleUnaryCall } from "@grpc/grpc-js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";

/** A gRPC method from a function: what it throws becomes the message of the error, nothing returned an empty answer. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response | empties.Empty> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => {
          callback(null, response ?? new empties.Empty());
        },
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          callback({ code: status.UNKNOWN, details });
        },
      );
  };
}
