package lazaret.vetting.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.IndexLineBuilder;
import lazaret.testkit.UpstreamContent;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildersTest {
  @Test
  void buildsTheSameBytesEachTime() {
    assertThat(full().build()).isEqualTo(full().build());
    assertThat(full().id()).isEqualTo(full().id());
  }

  @Test
  void buildsCratesThatConform() {
    var findings = Inspector.inspect(full().id(), full().build(), InspectLimits.DEFAULT);

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.sha256()).isEqualTo(full().id().cksum());
  }

  @Test
  void writesIndexLinesAsUpstreamDoes() {
    String line =
        IndexLineBuilder.line("demo", "1.2.3")
            .dep(Dependency.on("a", "^1").withFeatures("x"))
            .dep(
                Dependency.on("b", "=2.0.0")
                    .renaming("other")
                    .as(DependencyKind.BUILD)
                    .forTarget("cfg(unix)")
                    .whenWanted())
            .cksum(Sha256.of(Bytes.EMPTY))
            .feature("std")
            .feature("alloc", "a/alloc")
            .feature2("b", "dep:b")
            .yanked(true)
            .links("z")
            .rustVersion("1.60")
            .pubtime(Instant.parse("2026-01-02T03:04:05.678Z"))
            .build();

    assertThat(line)
        .isEqualTo(
            "{\"name\":\"demo\",\"vers\":\"1.2.3\",\"deps\":["
                + "{\"name\":\"a\",\"req\":\"^1\",\"features\":[\"x\"],\"optional\":false,"
                + "\"default_features\":false,\"target\":null,\"kind\":\"normal\"},"
                + "{\"name\":\"b\",\"req\":\"=2.0.0\",\"features\":[],\"optional\":true,"
                + "\"default_features\":true,\"target\":\"cfg(unix)\",\"kind\":\"build\","
                + "\"package\":\"other\"}],"
                + "\"cksum\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
                + "\"features\":{\"alloc\":[\"a/alloc\"],\"std\":[]},\"features2\":{\"b\":[\"dep:b\"]},"
                + "\"yanked\":true,\"links\":\"z\",\"rust_version\":\"1.60\","
                + "\"pubtime\":\"2026-01-02T03:04:05Z\",\"v\":2}");
  }

  @Test
  void servesWhatWasPublished() {
    var registry =
        FixtureRegistry.of(CrateBuilder.crate("demo", "1.0.0"), CrateBuilder.crate("demo", "1.1.0"))
            .publish(CrateBuilder.crate("A", "0.1.0"), line -> line.yanked(true));

    IndexFile demo = parse(registry, "demo", "de/mo/demo");
    assertThat(demo.entries())
        .extracting(entry -> entry.version().text())
        .containsExactly("1.0.0", "1.1.0");
    assertThat(demo.entries().getFirst().cksum())
        .isEqualTo(Sha256.of(registry.artifact("demo", "1.0.0").orElseThrow()));
    assertThat(parse(registry, "A", "1/a").entries().getFirst().yanked()).isTrue();
    assertThat(registry.index("no/ne/none")).isEmpty();
    assertThat(registry.artifact("demo", "9.9.9")).isEmpty();
  }

  @Test
  void changesWhileItIsServed() {
    var registry = FixtureRegistry.of(CrateBuilder.crate("demo", "1.0.0"));

    registry.line("demo", "1.0.0", "not json").removeArtifact("demo", "1.0.0");
    assertThat(registry.index("de/mo/demo")).contains(Bytes.utf8("not json\n"));
    assertThat(registry.artifact("demo", "1.0.0")).isEmpty();

    registry.removeLine("demo", "1.0.0");
    assertThat(registry.index("de/mo/demo")).isEmpty();
  }

  @Test
  void writesTheLayoutOfAFolderUpstream(@TempDir Path folder) {
    var registry = FixtureRegistry.of(full(), CrateBuilder.crate("abc", "1.0.0")).writeTo(folder);

    UpstreamContent served = UpstreamContent.ofFolder(folder);
    for (String path : List.of("fu/ll/full", "3/a/abc")) {
      assertThat(served.index(path)).isPresent().isEqualTo(registry.index(path));
    }
    assertThat(folder.resolve("crates/full/full-1.0.0+meta.1.crate")).exists();
    assertThat(served.artifact("full", "1.0.0+meta.1")).contains(full().build());
  }

  private static IndexFile parse(FixtureRegistry registry, String name, String path) {
    Bytes file = registry.index(path).orElseThrow();
    IndexFile parsed = IndexFile.parse(CrateName.parse(name), file, IndexLimits.DEFAULT);
    assertThat(parsed.omitted()).isEmpty();
    return parsed;
  }

  private static CrateBuilder full() {
    return CrateBuilder.crate("full", "1.0.0+meta.1")
        .buildScript("fn main() {}\n")
        .links("full")
        .license(null)
        .dependency("abc", "^1")
        .dependency(Dependency.on("abc", "^1").as(DependencyKind.DEV).forTarget("cfg(unix)"))
        .file("README.md", "# full\n");
  }
}
