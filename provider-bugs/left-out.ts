/** Traps of the project's list that are no bug of a version of anything, and what is done about them instead. */
export const LEFT_OUT: Readonly<Record<number, string>> = {
  3: "the API's own default of the edition; it is always written, and judged by requirements",
  4: "the API's range of days, by edition; it is always written, and checked by topology/limits/",
  12: "the API's own rule that backups go with an instance; retention is set, and judged by requirements",
  13: "the API's own rule about names, on which its pages and reports differ; names end with a suffix",
  17: "what restarts a server of Cloud SQL is the cloud's; the labels are in topology/change/",
  24: "two features that nothing here uses; requirements judge them on the plan",
  25: "a feature that nothing here uses; it does what its page says",
  27: "limits of DigitalOcean's API; they are in topology/limits/ and checked before anything runs",
  30: "DigitalOcean's connections by size; they are in the connection budget",
  33: "what DigitalOcean fixes by size; it is refused by topology/parameters/",
  40: "limits of DigitalOcean's sizes and nodes; they are in topology/limits/ and topology/change/",
  43: "PostgreSQL 15's own rule about the schema public; grants are made by SQL",
  45: "libpq's own meaning of sslmode=require; clients are told verify-full and the authority",
  53: "advice about a feature of the engine that nothing here uses",
};
