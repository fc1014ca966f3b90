package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.CRATES_IO;
import static lazaret.conformance.cases.CaseContext.expect;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryJson;

/// Group D: dependencies. They name public crates unless a case is about the registry.
final class DependencyCases {
  private DependencyCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, tests/krate/publish/dependencies.rs");
    names(all);
    requirements(all);
    limits(all);
    fields(all);
    return all.all();
  }

  private static void requirements(CaseList all) {
    all.add(
            "D9",
            "The requirement 1.0.0 is listed as ^1.0.0",
            c -> {
              RegistryJson dep = only(c, "serde = \"1.0.0\"");
              expect(dep.text("req").equals("^1.0.0"), "^1.0.0", dep);
            })
        .add("D10", "A malformed requirement is refused", c -> refused(c, "serde = \"1.x.y.z\""))
        .add(
            "D11",
            "A dependency has the spelling of its crate, or is refused",
            DependencyCases::spelling)
        .add("D12", "A dependency of the same registry has no registry", DependencyCases::same)
        .add(
            "D13",
            "A dependency of crates.io has its index address",
            c -> {
              RegistryJson dep = only(c, "serde = \"1\"");
              expect(dep.text("registry").equals(CRATES_IO), CRATES_IO, dep);
            })
        .add(
            "D14",
            "The address of a third registry is refused",
            c ->
                refused(
                    c,
                    "serde = { version = \"1\", registry-index = \"sparse+https://third.example/\" }"))
        .add("D15", "The requirement * is refused", c -> refused(c, "serde = \"*\""))
        .add(
            "D16",
            "A dependency that this registry does not have is refused",
            c -> refused(c, c.name() + " = " + here(c, "1")));
  }

  private static void limits(CaseList all) {
    all.add("D17", "Dependencies are sorted by name", DependencyCases::sorted)
        .add(
            "D18",
            "A malformed feature of a dependency is refused",
            c -> refused(c, "serde = { version = \"1\", features = [\"!bad\"] }"))
        .add(
            "D19",
            "Too many dependencies are refused",
            c ->
                refused(
                    c,
                    IntStream.range(0, 1_001)
                        .mapToObj(i -> "dep" + i + " = \"1\"")
                        .collect(Collectors.joining("\n"))));
  }

  private static void fields(CaseList all) {
    all.add("D20", "The kinds normal, build and dev are kept", DependencyCases::kinds)
        .add("D21", "The platform of a dependency is kept", DependencyCases::platforms)
        .add(
            "D22",
            "optional and default-features are kept",
            c -> {
              RegistryJson dep =
                  only(c, "serde = { version = \"1\", optional = true, default-features = false }");
              expect(
                  dep.text("optional").equals("true")
                      && dep.text("default_features").equals("false"),
                  "optional true and default_features false",
                  dep);
            })
        .add(
            "D23",
            "A dependency of a workspace is refused",
            c -> refused(c, "serde = { workspace = true }"))
        .add(
            "D24",
            "A dependency with a path or a repository alone is refused",
            c -> {
              refused(c, "serde = { path = \"../serde\" }");
              refused(c, "serde = { git = \"https://git.example/serde\" }");
            })
        .add(
            "D25",
            "A dependency on an artifact is refused",
            c -> refused(c, "serde = { version = \"1\", artifact = \"bin\" }"))
        .add(
            "D26",
            "A requirement of two parts is kept",
            c -> {
              String req = only(c, "serde = \">=1.0.0, <2.0.0\"").text("req");
              expect(req.contains(">=1.0.0") && req.contains("<2.0.0"), "both parts", req);
            });
  }

  private static void names(CaseList all) {
    all.add("D1", "A malformed name of a package is refused", c -> refused(c, "\"se rde\" = \"1\""))
        .add(
            "D2",
            "A rename keeps both names",
            c -> {
              RegistryJson dep = only(c, renamed("other"));
              expect(
                  dep.text("name").equals("other") && dep.text("package").equals("serde"),
                  "the new name as name and the old one as package",
                  dep);
            })
        .add(
            "D3",
            "A new name with other characters is refused",
            c -> refused(c, renamed("\"a.b\"")))
        .add(
            "D4", "A new name that begins with a digit is refused", c -> refused(c, renamed("1st")))
        .add("D5", "A new name beyond ASCII is refused", c -> refused(c, renamed("\"k\u00e4fer\"")))
        .add(
            "D6",
            "A new name of 65 characters is refused",
            c -> refused(c, renamed("a".repeat(65))))
        .add("D7", "An empty new name is refused", c -> refused(c, renamed("\"\"")))
        .add(
            "D8",
            "A new name that begins with an underscore is accepted",
            c -> expect(only(c, renamed("_serde")).has("package"), "package", "none"));
  }

  private static String renamed(String name) {
    return name + " = { version = \"1\", package = \"serde\" }";
  }

  private static String here(CaseContext c, String version) {
    return "{ version = \"%s\", registry-index = \"%s\" }".formatted(version, c.owner().registry());
  }

  private static void refused(CaseContext c, String dependencies) {
    c.refused(c.crate().section("[dependencies]\n" + dependencies));
  }

  private static RegistryJson only(CaseContext c, String dependency) {
    List<RegistryJson> deps =
        c.accepted(c.crate().section("[dependencies]\n" + dependency)).objects("deps");
    expect(deps.size() == 1, "one dependency", deps);
    return deps.getFirst();
  }

  private static void spelling(CaseContext c) {
    String name = c.name("sp-");
    c.accepted(new UploadBuilder(name, CaseContext.ONE));
    String other = name.replace("sp-", "sp_");
    UploadBuilder crate = c.crate().section("[dependencies]\n" + other + " = " + here(c, "1"));
    if (!c.owner().publish(crate).isSuccess()) {
      c.refused(crate);
      return;
    }
    RegistryJson dep = c.line(crate).objects("deps").getFirst();
    expect(
        dep.text("name").equals(name) || dep.text("package").equals(name),
        "the spelling " + name,
        dep);
  }

  private static void same(CaseContext c) {
    String name = c.published();
    RegistryJson dep = only(c, name + " = " + here(c, "1"));
    expect(!dep.has("registry"), "no registry", dep);
  }

  private static void sorted(CaseContext c) {
    List<String> names =
        c
            .accepted(
                c.crate().section("[dependencies]\nserde = \"1\"\nlog = \"0.4\"\nanyhow = \"1\""))
            .objects("deps")
            .stream()
            .map(dep -> dep.text("name"))
            .toList();
    expect(names.equals(List.of("anyhow", "log", "serde")), "anyhow, log, serde", names);
  }

  private static void kinds(CaseContext c) {
    List<String> kinds =
        c
            .accepted(
                c.crate()
                    .section("[dependencies]\nanyhow = \"1\"")
                    .section("[build-dependencies]\ncc = \"1\"")
                    .section("[dev-dependencies]\nlog = \"0.4\""))
            .objects("deps")
            .stream()
            .map(dep -> dep.text("name") + " " + dep.text("kind"))
            .sorted()
            .toList();
    List<String> expected = List.of("anyhow normal", "cc build", "log dev");
    expect(kinds.equals(expected), expected.toString(), kinds);
  }

  private static void platforms(CaseContext c) {
    List<String> targets =
        c
            .accepted(
                c.crate()
                    .section("[target.'cfg(windows)'.dependencies]\nanyhow = \"1\"")
                    .section("[target.x86_64-unknown-linux-gnu.dependencies]\nlog = \"0.4\""))
            .objects("deps")
            .stream()
            .map(dep -> dep.text("target"))
            .sorted()
            .toList();
    List<String> expected = List.of("cfg(windows)", "x86_64-unknown-linux-gnu");
    expect(targets.equals(expected), expected.toString(), targets);
  }
}
