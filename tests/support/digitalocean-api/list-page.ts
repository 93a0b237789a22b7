import type { ApiRequest, Json } from "../google-cloud/area.ts";

/** One page of a list, filtered by name and region as Droplets and volumes are. */
export function listPage(plural: string, things: Iterable<Json>, { query }: Pick<ApiRequest, "query">): Json {
  const [name, region] = [query.get("name"), query.get("region")];
  const wanted = [...things].filter(
    (thing) =>
      (name === null || thing.name === name) &&
      (region === null || (thing.region as { slug?: string } | undefined)?.slug === region),
  );
  const [size, page] = [Number(query.get("per_page") ?? 20), Number(query.get("page") ?? 1)];
  return { [plural]: wanted.slice((page - 1) * size, page * size), meta: { total: wanted.length } };
}
