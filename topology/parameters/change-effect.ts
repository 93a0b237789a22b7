import type { ChangeLabel } from "../change-label.ts";
import { type Major, type SettingContext, settingOf } from "./server-settings.ts";

/**
 * What it takes until a changed default is in force. A session that is open keeps its `backend` and `superuser-backend`
 * values until it ends, and its own `SET` wins over what is reloaded.
 * @see https://www.postgresql.org/docs/17/view-pg-settings.html
 */
const LABELS: Readonly<Record<SettingContext, ChangeLabel>> = {
  // Fixed by the build or by initdb, as block_size: only a new cluster has another.
  internal: "rebuild",
  postmaster: "restart",
  sighup: "reload",
  "superuser-backend": "reload",
  backend: "reload",
  superuser: "reload",
  user: "reload",
};

/** What a change of a parameter of this context costs. */
export function labelOfContext(context: SettingContext): ChangeLabel {
  return LABELS[context];
}

/** What a change of a parameter costs; `undefined` for one that the major's table does not have. */
export function labelOfParameter(major: Major, name: string): ChangeLabel | undefined {
  const setting = settingOf(major, name);
  return setting === undefined ? undefined : labelOfContext(setting.context);
}
