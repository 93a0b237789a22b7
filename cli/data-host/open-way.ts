import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { quoted } from "../../ssh/quoted.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { HostWay, Way } from "../../verify/run-digitalocean.ts";
import type { CommandContext } from "../context.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { Vantage } from "../stack-options.ts";
import { openHost } from "./open-host.ts";

/** Through the data host, or why not. */
export type SshWay = Exclude<Way, "inside">;

/** How a stack's databases are reached from here, and how that is ended. */
export interface OpenedWay<W extends Way = Way> {
  readonly way: W;
  readonly close: () => void;
}

/** From where a stack on DigitalOcean is seen; `undefined` is over SSH, through the data host. */
export type WayChoice = Exclude<Vantage, "job"> | undefined;

/** There is no job on DigitalOcean that could verify. @throws {PgtError} exit code 2 */
export function refuseJob({ stack }: ResolvedDigitalOcean, vantage: Vantage | undefined): WayChoice {
  if (vantage !== "job") return vantage;
  throw new PgtError(`stack ${stack} is on DigitalOcean, where no job verifies`, {
    exitCode: EXIT.usage,
    fix: ["Leave --vantage out: both databases are reached over SSH, through the data host."],
  });
}

/** As {@link openSshWay}, or from inside the VPC, or not at all. */
export async function openWay(
  context: CommandContext,
  world: DigitalOceanWorld,
  vantage: WayChoice,
  say: (line: string) => void,
): Promise<OpenedWay> {
  if (vantage === undefined) return openSshWay(context, world, say);
  const way = vantage === "inside" ? vantage : { closed: "--vantage none: nothing leads to the servers from here" };
  return { way, close: () => undefined };
}

/** Through the data host; a host that can't be reached is no failure of the stack, and is told as what was not seen. */
export async function openSshWay(
  context: CommandContext,
  world: DigitalOceanWorld,
  say: (line: string) => void,
): Promise<OpenedWay<SshWay>> {
  const nothing = (): void => undefined;
  if (world.delivery.dataHost === undefined) {
    return { way: { closed: "the stack has no data host" }, close: nothing };
  }
  say("SSH");
  try {
    const session = await openHost(context, world);
    say("settings and SQL");
    return { way: wayThrough(session), close: () => session.end() };
  } catch (error) {
    context.signal.throwIfAborted();
    return { way: { closed: messageOf(error) }, close: nothing };
  }
}

/** What a session over SSH gives. */
export function wayThrough(session: SshSession): HostWay {
  return {
    forward: (host, port) => session.forward(host, port),
    execute: async (command, timeoutMs) => {
      const text = [HOST_PATHS.asPostgres, ...command].map(quoted).join(" ");
      const { code, stderr, stdout } = await session.run(text, { name: command.join(" "), timeoutMs });
      return { exitCode: code, stdout, stderr };
    },
  };
}
