package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;
import lazaret.vetting.detonation.Detonation;
import lazaret.vetting.detonation.Detonation.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCollectorTest {
  private static final String HASH = "0123456789abcdef";

  @TempDir Path debug;

  private void write(String file, String text) throws IOException {
    Path path = debug.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> left(String crate) throws IOException {
    TraceCollector traces = new TraceCollector(crate);
    traces.left(debug);
    return traces.found().stream().map(TraceCollectorTest::shown).toList();
  }

  private static String shown(Trace trace) {
    return trace.kind().code() + " " + trace.what();
  }

  @Test
  void whatTheBuildOfAVersionLeavesIsReported() throws IOException {
    String build = "build/my-sys-" + HASH;
    write(
        build + "/output",
        """
        cargo:rustc-link-lib=static=z
        cargo::rustc-link-search=/out/debug/build/my-sys-%s/out/lib
        cargo:rerun-if-changed=/project/subject/build.rs
        something for people
        """
            .formatted(HASH));
    write(build + "/out/gen/table.rs", "x");
    write("build/other-" + HASH + "/out/not-ours.rs", "x");
    write(
        "deps/my_sys-" + HASH + ".d",
        """
        /out/debug/deps/my_sys-%s.d: subject/src/lib.rs /etc/hostname

        subject/src/lib.rs:
        /out/debug/build/my-sys-%s/out/gen/table.rs:
        /etc/hostname:

        # env-dep:HOME=/home/b
        # env-dep:MISSING
        """
            .formatted(HASH, HASH));

    assertThat(left("my-sys"))
        .containsExactly(
            "said rerun-if-changed=$CRATE/build.rs",
            "said rustc-link-lib=static=z",
            "said rustc-link-search=$OUT_DIR/lib",
            "read /etc/hostname",
            "read variable HOME",
            "read variable MISSING",
            "wrote $OUT_DIR/gen/table.rs");
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    write("secret/output", "cargo:rustc-env=SECRET=1\n");
    write("secret/out/file", "x");
    Files.createDirectories(debug.resolve("build/a-" + HASH));
    Files.createSymbolicLink(
        debug.resolve("build/a-" + HASH + "/output"), debug.resolve("secret/output"));
    Files.createSymbolicLink(
        debug.resolve("build/a-" + HASH + "/out"), debug.resolve("secret/out"));
    write("build/b-" + HASH + "/out/real", "x");
    Files.createSymbolicLink(
        debug.resolve("build/b-" + HASH + "/out/link"), debug.resolve("secret"));

    assertThat(left("a")).isEmpty();
    assertThat(left("b"))
        .containsExactly("wrote $OUT_DIR/link (no regular file)", "wrote $OUT_DIR/real");
  }

  @Test
  void textsAreOneLineAndThereIsAnEnd() throws IOException {
    StringBuilder output = new StringBuilder();
    for (int i = 0; i <= Detonation.MAX_TRACES; i++) {
      output.append("cargo:metadata=").append(i).append('\n');
    }
    output.append("cargo:warning=\u001b[31m").append("x".repeat(1_000)).append('\n');
    write("build/a-" + HASH + "/output", output.toString());

    assertThat(left("a"))
        .hasSize(Detonation.MAX_TRACES)
        .allMatch(text -> text.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void accessOfADependencyCarriesItsName() {
    TraceCollector traces = new TraceCollector("a");
    traces.denied(
        List.of(denied("keyctl", Optional.of("a")), denied("keyctl", Optional.of("dependency"))));

    assertThat(traces.found())
        .extracting(Trace::what)
        .containsExactly("keyring keyctl", "keyring keyctl by dependency");
  }

  private static Violation denied(String resource, Optional<String> crate) {
    Origin origin = new Origin(crate, Optional.empty(), Optional.empty(), List.of());
    return new Violation(Kind.KEYRING, resource, origin, 1, "rule", "nothing");
  }
}
