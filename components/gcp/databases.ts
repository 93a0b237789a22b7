import { Database } from "@pulumi/gcp/sql/database.js";
import type { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import type { CloudPlace } from "./cloud-place.ts";

/** The application's database, on the primary; replicas get it from there. */
export function createDatabase(place: CloudPlace, primary: DatabaseInstance): Database {
  const { topology, project } = place;
  return new Database(
    place.childName("database"),
    {
      name: topology.database,
      project,
      instance: primary.name,
      // The only ones that the cloud takes: https://cloud.google.com/sql/docs/postgres/create-manage-databases
      charset: "UTF8",
      collation: "en_US.UTF8",
      // A removal would drop the data of an instance that stays, or fail while a session is open.
      deletionPolicy: "ABANDON",
    },
    place.dataOptions,
  );
}
