# The bill of materials of a package: https://cyclonedx.org/docs/1.6/json/
# contents: lines SHA-256, path. libraries: lines file, group, artifact, version, license. Arguments: name, version, processor of
# each package of Debian in an image.
def lines($text): $text | split("\n") | map(select(. != "") | split("\t"));
def uuid($hex): $hex[0:8] + "-" + $hex[8:12] + "-8" + $hex[13:16] + "-8" + $hex[17:20] + "-" + $hex[20:32];
def hashes($sha256): [{alg: "SHA-256", content: $sha256}];
def purl($library): "pkg:maven/" + $library[1] + "/" + $library[2] + "@" + $library[3];

lines($libraries) as $known
| lines($contents) as $files
| ([$known[] | select(.[0] | startswith("rocksdbjni-"))][0]) as $rocksdb
| ([
    $files[]
    | .[0] as $digest
    | .[1] as $path
    | ($path | split("/")[-1]) as $file
    | if $path | endswith(".jar") then
        ([$known[] | select(.[0] == $file)][0] // error("no library for " + $path)) as $library
        | {
            type: "library", "bom-ref": purl($library), group: $library[1], name: $library[2], version: $library[3],
            hashes: hashes($digest), licenses: [{license: {id: $library[4]}}], purl: purl($library),
            properties: [{name: "lazaret:file", value: $path}]
          }
      elif $path | endswith(".so") then
        {
          type: "library", "bom-ref": ("file:" + $path), group: $rocksdb[1], name: $file, version: $rocksdb[3],
          description: "library of RocksDB for one processor", hashes: hashes($digest), licenses: [{license: {id: $rocksdb[4]}}],
          purl: (purl($rocksdb) + "#" + $file), properties: [{name: "lazaret:file", value: $path}]
        }
      elif $path | endswith("runtime/lib/modules") then
        {
          type: "platform", "bom-ref": ("pkg:generic/openjdk@" + $java), name: "openjdk", version: $java,
          description: "Java runtime; the digest is that of its file of modules", hashes: hashes($digest),
          licenses: [{expression: "GPL-2.0-only WITH Classpath-exception-2.0"}], purl: ("pkg:generic/openjdk@" + $java),
          properties: [{name: "lazaret:file", value: $path}]
        }
      elif $path | endswith("runtime/lib/security/cacerts") then
        ("pkg:deb/debian/ca-certificates@" + ($ca | @uri) + "?arch=all") as $purl
        | {
            type: "data", "bom-ref": $purl, name: "ca-certificates", version: $ca,
            description: "CA certificates of Mozilla; the digest is that of the store made of them", hashes: hashes($digest),
            licenses: [{license: {id: "MPL-2.0"}}], purl: $purl, properties: [{name: "lazaret:file", value: $path}]
          }
      else empty end
  ] + [
    $ARGS.positional | range(0; length; 3) as $at | .[$at:$at + 3]
    | ("pkg:deb/debian/" + .[0] + "@" + (.[1] | @uri) + "?arch=" + .[2]) as $purl
    | {type: "library", "bom-ref": $purl, name: .[0], version: .[1], purl: $purl}
  ]) as $components
| {
    "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
    serialNumber: ("urn:uuid:" + uuid($sha256)),
    metadata: {
      timestamp: $time, lifecycles: [{phase: "build"}],
      component: {
        type: "application", "bom-ref": "lazaret", name: "lazaret", version: $version, description: $name,
        hashes: hashes($sha256), licenses: [{license: {id: "Apache-2.0"}}]
      }
    },
    components: $components,
    dependencies: [{ref: "lazaret", dependsOn: [$components[]["bom-ref"]]}]
  }
