# The statement about the build of a package: https://in-toto.io/Statement/v1 with https://slsa.dev/spec/v1.0/provenance
# contents: lines SHA-256, path. libraries: lines file, group, artifact, version, license, SHA-256 as published.
def lines($text): $text | split("\n") | map(select(. != "") | split("\t"));

{
  _type: "https://in-toto.io/Statement/v1",
  subject: [{name: $name, digest: {sha256: $sha256}}, {name: ($name + ".cdx.json"), digest: {sha256: $bill}}],
  predicateType: "https://slsa.dev/provenance/v1",
  predicate: {
    buildDefinition: {
      buildType: "urn:lazaret:packaging-build:1",
      externalParameters: ({version: $version, revision: $revision, caches: $caches} + if $arch == "" then {} else {arch: $arch} end),
      internalParameters: {SOURCE_DATE_EPOCH: $epoch},
      resolvedDependencies: ([
        {name: "source", uri: "urn:lazaret:source", digest: {gitCommit: $commit}} + if $changed then {annotations: {uncommittedChanges: true}} else {} end,
        {name: "jdk", uri: ("pkg:generic/openjdk@" + ($jdk | @uri))},
        {name: "ca-certificates", uri: ("pkg:deb/debian/ca-certificates@" + ($ca | @uri))}
      ] + [
        lines($libraries)[] | select(.[5] != "" and .[1] != "lazaret")
        | {name: .[0], uri: ("pkg:maven/" + .[1] + "/" + .[2] + "@" + .[3]), digest: {sha256: .[5]}}
      ])
    },
    runDetails: {
      builder: {id: "urn:lazaret:packaging-build"},
      byproducts: [lines($contents)[] | select(.[1] | endswith(".aot")) | {name: .[1], digest: {sha256: .[0]}}]
    }
  }
}
