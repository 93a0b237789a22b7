/**
 * The stand-in for the official docker plugin: Pulumi's engine starts it as `pulumi-resource-docker <engine address>`,
 * reads the port from the first line of its output and calls the ResourceProvider service there.
 */
import { serve } from "./serve.ts";

const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
process.stdout.write(`${await serve(engineAddress)}\n`);
