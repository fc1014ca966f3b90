package lazaret.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.sandbox.Bwrap;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.Violation.Origin;
import lazaret.sandbox.filter.SeccompFilter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decoys mounted in a temporary namespace, and perl with the environment of a build script.
class DecoysTest {
  private static final String SSH = "~/.ssh/id_ed25519";

  private static final CpuArchitecture HERE =
      CpuArchitecture.of(System.getProperty("os.arch")).orElseThrow();

  private static final Origin SPIKE =
      new Origin(
          Optional.of("spike"), Optional.of("0.1.0"), Optional.of("/usr/bin/perl"), List.of());

  @TempDir Path dir;

  @BeforeAll
  static void needNamespaces() {
    Bwrap.assumeUsable();
  }

  @Test
  void saysNothingOfLookingWhetherTheyAreThere() throws Exception {
    Decoys decoys = lay();

    String output =
        perl(decoys, "print -e '/home/b/.netrc' ? 'there' : 'gone', -s '/home/b/.env';");

    assertThat(output).startsWith("there");
    assertThat(decoys.violations()).isEmpty();
  }

  @Test
  void namesWhoOpenedOneHoweverShortly() throws Exception {
    Decoys decoys = lay();

    perl(decoys, "open(F, '/home/b/.ssh/id_ed25519') or die $!; print <F>;");

    assertThat(decoys.violations())
        .containsExactly(
            new Violation(
                Kind.DECOY_OPENED,
                SSH,
                SPIKE,
                1,
                "decoys: no build needs a credential",
                "nothing allows it"));
  }

  @Test
  void namesWhoWasFirstAmongManyOpenings() throws Exception {
    Decoys decoys = lay();

    perl(
        decoys,
        "open(F, '/project/.env') or die $!;",
        "for (1..20) { open(G, '/project/.env') or die $!; close(G); }");

    List<Violation> violations = decoys.violations();
    assertThat(violations).allMatch(v -> v.resource().equals("/project/.env"));
    assertThat(violations).extracting(Violation::origin).contains(SPIKE);
    assertThat(violations.stream().mapToInt(Violation::count).sum()).isGreaterThan(1);
  }

  @Test
  void tellsApartWhoOpenAtTheSameMoment() throws Exception {
    Decoys decoys = lay();
    Map<String, String> files = new TreeMap<>();
    List<String> lines = new ArrayList<>(List.of("pipe(R, W);"));
    for (String name :
        List.of(
            "ssh/id_ed25519", "aws/credentials", "netrc", "docker/config.json", "kube/config")) {
      String crate = "thief-" + files.size();
      files.put("~/." + name, crate);
      lines.add(
          """
          if (!fork()) {
            $ENV{CARGO_PKG_NAME} = '%s';
            close(W);
            exec('/usr/bin/perl', '-e', 'read(STDIN, my $x, 1); open(F, "/home/b/.%s") or die $!;')
              if open(STDIN, '<&R');
          }
          """
              .formatted(crate, name));
    }
    // Closing the pipe releases all processes at once.
    lines.add("close(R); sleep(1); close(W); while (wait() > 0) { $? and die; }");

    perl(decoys, lines.toArray(String[]::new));

    assertThat(decoys.violations())
        .hasSize(files.size())
        .allSatisfy(v -> assertThat(v.origin().crate()).contains(files.get(v.resource())));
  }

  @Test
  void findsTheirValuesInWhatLeavesTheSandbox() throws Exception {
    Decoys decoys = lay();
    String output =
        perl(decoys, "open(F, '/home/b/.aws/credentials') or die $!; print <F>; print 'x' x 99;");
    Decoys.Search search = decoys.search("standard output");
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      search.accept(bytes, i, 1);
    }
    decoys.search(new ByteArrayInputStream(bytes), "debug/spike");
    decoys.search(new ByteArrayInputStream("clean".getBytes(StandardCharsets.UTF_8)), "clean");

    assertThat(decoys.violations())
        .extracting(v -> v.kind() + " " + v.resource())
        .containsExactly(
            "DECOY_OPENED ~/.aws/credentials",
            "DECOY_VALUE ~/.aws/credentials in standard output",
            "DECOY_VALUE ~/.aws/credentials in debug/spike");
  }

  @Test
  void laysThemReadOnlyAndDifferentEachTime() throws Exception {
    Decoys first = laid("a", List.of());
    Decoys second = laid("b", List.of());

    assertThat(first.mounts()).extracting(Decoys.Mount::inside).containsExactly("/home/b");
    Path home = first.mounts().getFirst().host();
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> laid = files.filter(Files::isRegularFile).map(home::relativize).toList();
      assertThat(laid).hasSize(10).contains(Path.of(".ssh/id_ed25519"));
      for (Path file : laid) {
        assertThat(Files.readString(home.resolve(file)))
            .isNotEqualTo(Files.readString(second.mounts().getFirst().host().resolve(file)))
            .doesNotContain("%s");
      }
    }
    first.close();
    second.close();
  }

  private Decoys lay() throws IOException {
    return laid("decoys", List.of("/project/.env"));
  }

  private Decoys laid(String name, List<String> environments) throws IOException {
    Decoys decoys = Decoys.lay(Files.createDirectory(dir.resolve(name)), "/home/b", environments);
    decoys.awaitLaid();
    return decoys;
  }

  private String perl(Decoys decoys, String... lines) throws Exception {
    List<String> options = new ArrayList<>();
    for (Decoys.Mount mount : decoys.mounts()) {
      options.addAll(List.of("--ro-bind", mount.host().toString(), mount.inside()));
    }
    options.addAll(List.of("--setenv", "CARGO_PKG_NAME", "spike"));
    options.addAll(List.of("--setenv", "CARGO_PKG_VERSION", "0.1.0"));
    Path filter =
        Files.write(
            dir.resolve("filter"), SeccompFilter.forMode(SandboxMode.SEALED, false, false, HERE));
    String script = String.join("\n", lines);
    Process process =
        new ProcessBuilder(Bwrap.line(filter, options, "/usr/bin/perl", "-e", script))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
