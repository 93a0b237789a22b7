// The exact arguments of the data host and of what belongs to it. Does not prove that the machine does what its user data
// says: that is run elsewhere, in a Debian of its own.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { renderBootstrap } from "../../../../rendering/data-host/bootstrap.ts";
import { type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { planOf, SPLIT, typeOf } from "./example-topologies.ts";

const TOP = "pgtopology-split";
const TAGS = ["pgtopology-stack:split", "pgtopology-environment:prod"];

describe("the data host", () => {
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(SPLIT)));
  const found = (type: string, role: string) => resourceOf(resources, typeOf(type), `${TOP}-${role}`);

  it("is a Debian in the private network, without a console in the browser", () => {
    const droplet = found("Droplet", "data-host");
    assert.deepEqual(droplet.props, {
      name: "split-data-host-k3x9",
      region: "nyc3",
      size: "s-2vcpu-4gb",
      image: "debian-13-x64",
      vpcUuid: `${TOP}-vpc`,
      sshKeys: ["12345"],
      userData: renderBootstrap({ volume: "split-data-k3x9" }),
      monitoring: true,
      dropletAgent: false,
      gracefulShutdown: true,
      resizeDisk: false,
      tags: TAGS,
    });
    assert.deepEqual(droplet.options, {
      parent: TOP,
      protect: true,
      retainOnDelete: false,
      deleteBeforeReplace: true,
      ignoreChanges: ["userData", "image", "sshKeys"],
      dependsOn: [`${TOP}-vpc`],
      createTimeout: "",
      deleteTimeout: "10m",
    });
  });

  it("has its data on a volume that outlives it, and that has no file system of the platform's", () => {
    const volume = found("Volume", "data");
    assert.deepEqual(volume.props, { name: "split-data-k3x9", region: "nyc3", size: 100, tags: TAGS });
    assert.deepEqual([volume.options.protect, volume.options.retainOnDelete], [true, true]);
  });

  it("lets go of the volume once it is shut down, and not before", () => {
    const attachment = found("VolumeAttachment", "data-attachment");
    assert.deepEqual(attachment.props, { dropletId: 4711, volumeId: `${TOP}-data` });
    assert.deepEqual(attachment.options, {
      parent: TOP,
      protect: false,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: [],
      dependsOn: [`${TOP}-data`, `${TOP}-data-host`],
      createTimeout: "",
    });
  });

  it("lets in the databases' clients and who administers it, and lets out what it needs", () => {
    const clients = ["10.100.0.0/24", "203.0.113.7/32"];
    const anywhere = (protocol: string, portRange: string) => ({
      protocol,
      portRange,
      destinationAddresses: ["0.0.0.0/0"],
    });
    assert.deepEqual(found("Firewall", "firewall-data-host").props, {
      name: "split-data-host-k3x9",
      dropletIds: [4711],
      inboundRules: [
        { protocol: "tcp", portRange: "5432", sourceAddresses: clients },
        { protocol: "tcp", portRange: "6432", sourceAddresses: clients },
        { protocol: "tcp", portRange: "22", sourceAddresses: ["198.51.100.0/24"] },
      ],
      outboundRules: [
        anywhere("tcp", "53"),
        anywhere("udp", "53"),
        anywhere("udp", "123"),
        anywhere("tcp", "80"),
        anywhere("tcp", "443"),
        anywhere("tcp", "25060-25061"),
      ],
    });
  });

  it("keeps its backups in a private bucket, where what was removed can be brought back", () => {
    const bucket = found("SpacesBucket", "backups");
    assert.deepEqual(bucket.props, {
      name: "split-backups-k3x9",
      region: "nyc3",
      acl: "private",
      versioning: { enabled: true },
      lifecycleRules: [
        {
          id: "removed-objects",
          enabled: true,
          noncurrentVersionExpiration: { days: 14 },
          expiration: { expiredObjectDeleteMarker: true },
          abortIncompleteMultipartUploadDays: 7,
        },
      ],
      forceDestroy: false,
    });
    assert.deepEqual([bucket.options.protect, bucket.options.retainOnDelete], [true, true]);
  });

  it("has a key of that bucket, and of no other", () => {
    assert.deepEqual(found("SpacesKey", "backups-key").props, {
      name: "split-backups-k3x9",
      grants: [{ bucket: "split-backups-k3x9", permission: "readwrite" }],
    });
  });
});

describe("user data", () => {
  it("has no secret, and nothing that another run of the same stack would change", async () => {
    const userData = async (preview: boolean): Promise<string> => {
      const { resources } = await planOf(SPLIT, { preview });
      return String(resourceOf(resources, typeOf("Droplet"), `${TOP}-data-host`).props.userData);
    };
    const [preview, update] = [await userData(true), await userData(false)];
    assert.equal(preview, update);
    assert.doesNotMatch(update, /marker-of/);
  });
});
