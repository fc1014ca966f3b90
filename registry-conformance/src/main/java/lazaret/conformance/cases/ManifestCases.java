package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.conformance.archive.TarEntry;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryJson;

/// Groups E, F and G: what the manifest says.
final class ManifestCases {
  private ManifestCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, tests/krate/publish/links.rs, rust_version.rs");
    fields(all);
    features(all.from("crates.io, tests/krate/publish/features.rs"));
    manifests(all.from("crates.io, tests/krate/publish/manifest.rs"));
    return all.all();
  }

  private static void fields(CaseList all) {
    all.add(
            "E1",
            "links is in the line",
            c -> {
              RegistryJson line = c.accepted(c.crate().field("links", "\"suite\""));
              expect(line.text("links").equals("suite"), "links", line);
            })
        .add(
            "E2",
            "The version of Rust is in the line",
            c -> {
              RegistryJson line = c.accepted(c.crate().field("rust-version", "\"1.69\""));
              expect(line.text("rust_version").equals("1.69"), "rust_version 1.69", line);
            })
        .add(
            "E3",
            "An empty version of Rust is refused",
            c -> c.refused(c.crate().field("rust-version", "\"\"")))
        .add(
            "E4",
            "A pre-release of Rust is refused",
            c -> c.refused(c.crate().field("rust-version", "\"1.0.0-beta.2\"")))
        .add("E5", "pubtime lies between request and reply", ManifestCases::pubtime)
        .add(
            "E6",
            "The editions 2015 to 2024 are accepted",
            c -> {
              for (String edition : List.of("2015", "2018", "2021", "2024")) {
                c.accepted(c.crate().field("edition", '"' + edition + '"'));
              }
            });
  }

  private static void pubtime(CaseContext c) {
    Instant before = c.now().minus(Duration.ofMinutes(2));
    RegistryJson line = c.accepted(c.crate());
    if (line.has("pubtime")) {
      Instant at = Instant.parse(line.text("pubtime"));
      expect(
          at.isAfter(before) && at.isBefore(c.now().plus(Duration.ofMinutes(2))),
          "the time of the request",
          line.text("pubtime"));
      expect(line.text("pubtime").length() == 20, "a time in seconds", line.text("pubtime"));
    }
  }

  private static void features(CaseList all) {
    all.add(
            "F1",
            "Features of the new forms are in features2 of a line of version 2",
            ManifestCases::features2)
        .add("F2", "A feature may have a dot", c -> feature(c, "\"a.b\""))
        .add(
            "F3",
            "A feature may begin with a digit or an underscore",
            c -> {
              feature(c, "1a");
              feature(c, "_a");
            })
        .add("F4", "A feature may have letters of Unicode", c -> feature(c, "\"\u00e4bc\""))
        .add("F5", "An empty feature is refused", c -> badFeature(c, "\"\" = []"))
        .add("F6", "A feature with a tilde is refused", c -> badFeature(c, "\"~foo\" = []"))
        .add(
            "F7",
            "A value with an exclamation mark is refused",
            c -> badFeature(c, "foo = [\"!bar\"]"))
        .add(
            "F8",
            "A feature that begins with a dash is refused",
            c -> badFeature(c, "\"-foo\" = []"));
    featureLimits(all);
  }

  private static void featureLimits(CaseList all) {
    all.add(
            "F9",
            "Too many features are refused",
            c ->
                badFeature(
                    c,
                    IntStream.range(0, 1_001)
                        .mapToObj(i -> "f" + i + " = []")
                        .collect(Collectors.joining("\n"))))
        .add(
            "F10",
            "Too many values of a feature are refused",
            c ->
                badFeature(
                    c,
                    "a = []\nb = ["
                        + IntStream.range(0, 1_001)
                            .mapToObj(i -> "\"a\"")
                            .collect(Collectors.joining(","))
                        + "]"))
        .add(
            "F11",
            "A crate with a raised limit may have more features than others",
            ManifestCases::raised)
        .needing("raised-features")
        .add(
            "F12",
            "A value that names nothing is refused",
            c -> badFeature(c, "foo = [\"nothing\"]"))
        .add(
            "F13",
            "A line without features of the new forms has no features2",
            c -> {
              RegistryJson line = c.accepted(c.crate().section("[features]\na = []\nb = [\"a\"]"));
              expect(!line.has("features2"), "no features2", line);
              expect(
                  line.object("features").texts("b").equals(List.of("a")),
                  "features.b = [a]",
                  line);
            });
  }

  private static void features2(CaseContext c) {
    RegistryJson line =
        c.accepted(
            c.crate()
                .section("[dependencies]\nserde = { version = \"1\", optional = true }")
                .section(
                    "[features]\nold = []\nnew = [\"dep:serde\"]\nweak = [\"serde?/derive\"]"));
    expect(line.text("v").equals("2"), "v = 2", line);
    expect(line.object("features2").isList("new"), "features2.new", line);
    expect(line.object("features2").isList("weak"), "features2.weak", line);
    expect(line.object("features").isList("old"), "features.old", line);
    expect(!line.object("features").has("new"), "no features.new", line);
  }

  private static void feature(CaseContext c, String key) {
    RegistryJson line = c.accepted(c.crate().section("[features]\n" + key + " = []"));
    expect(line.object("features").isList(key.replace("\"", "")), "features." + key, line);
  }

  private static void raised(CaseContext c) {
    CaseContext.RaisedLimit raised = c.raised("raised-features");
    RegistryJson line = c.accepted(manyFeatures(c.next(raised.crate()), raised.limit()));
    int values = line.object("features").texts("all").size();
    expect(values == raised.limit() - 1, raised.limit() - 1 + " values of a feature", values);
    c.refused(manyFeatures(c.next(raised.crate()), raised.limit() + 1));
    c.refused(manyFeatures(c.crate(), raised.limit()));
  }

  /// Returns a crate with a number of features, one of which enables all others.
  private static UploadBuilder manyFeatures(UploadBuilder crate, int count) {
    List<String> others = IntStream.range(1, count).mapToObj(i -> "f" + i).toList();
    return crate
        .section("[features]")
        .section(
            others.stream()
                .map(each -> '"' + each + '"')
                .collect(Collectors.joining(", ", "all = [", "]")))
        .section(others.stream().map(each -> each + " = []").collect(Collectors.joining("\n")));
  }

  private static void badFeature(CaseContext c, String text) {
    c.refused(c.crate().section("[features]\n" + text));
  }

  private static void manifests(CaseList all) {
    all.add(
            "G1",
            "readme may be a truth value",
            c -> {
              c.accepted(c.crate().field("readme", "false"));
              c.accepted(c.crate().field("readme", "true").file("README.md", "# x\n"));
            })
        .add(
            "G2",
            "A version without a manifest is refused",
            c -> c.refused(c.crate().manifestPath(null)))
        .add(
            "G3",
            "A manifest in capitals is refused",
            c -> c.refused(c.crate().manifestPath("CARGO.TOML")))
        .add(
            "G4",
            "Two manifests are refused",
            c -> c.refused(c.crate().file("cargo.toml", "[package]\nname = \"x\"\n")))
        .add("G5", "Malformed TOML is refused", c -> c.refused(c.crate().manifest("[package\n")))
        .add(
            "G6",
            "A manifest without a name is refused",
            c -> c.refused(c.crate().manifest("[package]\nversion = \"1.0.0\"\n")))
        .add(
            "G7",
            "A manifest without a version is refused",
            c -> {
              UploadBuilder crate = c.crate();
              c.refused(crate.manifest("[package]\nname = \"%s\"\n".formatted(crate.name())));
            })
        .add(
            "G8",
            "A version of a workspace is refused",
            c -> {
              UploadBuilder crate = c.crate();
              c.refused(
                  crate.manifest(
                      "[package]\nname = \"%s\"\nversion.workspace = true\n"
                          .formatted(crate.name())));
            })
        .add(
            "G9",
            "Another name in the request is refused",
            c -> c.refused(c.crate().requestName(c.name())))
        .add(
            "G10",
            "Another version in the request is refused",
            c -> c.refused(c.crate().requestVersion("1.0.1")));
    requests(all);
  }

  private static void requests(CaseList all) {
    all.add(
            "G11",
            "Dependencies of the request alone are not listed",
            c -> {
              RegistryJson line = stated(c, "\"deps\":[" + dependency() + "],\"features\":{}");
              expect(line.objects("deps").isEmpty(), "no dependencies", line);
            })
        .add(
            "G12",
            "Features of the request alone are not listed",
            c -> {
              RegistryJson line = stated(c, "\"deps\":[],\"features\":{\"stated\":[]}");
              expect(!line.object("features").has("stated"), "no features", line);
            })
        .add(
            "G13",
            "links and the version of Rust of the request alone are not listed",
            c -> {
              RegistryJson line =
                  stated(
                      c,
                      "\"deps\":[],\"features\":{},\"links\":\"stated\",\"rust_version\":\"1.70\"");
              expect(!line.has("links") && !line.has("rust_version"), "neither", line);
            });
    files(all);
  }

  private static void files(CaseList all) {
    all.add(
            "G14",
            "Libraries and programs are accepted",
            c -> c.accepted(c.crate().file("src/main.rs", "fn main() {}\n")))
        .add(
            "G15",
            "A manifest in another folder is not read",
            c ->
                c.accepted(
                    c.crate()
                        .file(
                            "sub/Cargo.toml", "[package]\nname = \"sub\"\nversion = \"9.9.9\"\n")))
        .add(
            "G17",
            "A manifest with badges is accepted",
            c -> {
              RegistryJson line =
                  c.accepted(c.crate().section("[badges]\nmaintenance = { status = \"none\" }"));
              expect(!line.has("badges"), "no badges", line);
            })
        .add(
            "G18",
            "A manifest with metadata of tools is accepted",
            c -> c.accepted(c.crate().section("[package.metadata.docs.rs]\nall-features = true")))
        .add(
            "G16",
            "Cargo.toml.orig alone is refused",
            c -> {
              UploadBuilder crate = c.crate().manifestPath(null);
              c.refused(
                  crate.entry(
                      TarEntry.file(
                          crate.path("Cargo.toml.orig"),
                          "[package]\nname = \"%s\"\nversion = \"%s\"\n"
                              .formatted(crate.name(), ONE))));
            });
  }

  private static RegistryJson stated(CaseContext c, String fields) {
    return c.accepted(c.crate().requestFields(fields));
  }

  private static String dependency() {
    return "{\"name\":\"serde\",\"version_req\":\"^1\",\"features\":[],\"optional\":false,"
        + "\"default_features\":true,\"target\":null,\"kind\":\"normal\","
        + "\"registry\":\""
        + CaseContext.CRATES_IO
        + "\"}";
  }
}
