package lazaret.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Writes;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.sandbox.bubblewrap.BuildFolder.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reports of a run about files: opened decoys and attempted changes.
class AlarmsTest {
  @TempDir Path folder;
  private BuildFolder yard;

  @BeforeEach
  void lay() throws IOException {
    yard = BuildFolder.in(folder);
  }

  @Test
  void tellsWhichDecoyWasOpenedAndWhereItsValueTurnedUp() {
    Run run = yard.run("cat ~/.aws/credentials; test -e ~/.netrc; ls -A ~ >/dev/null");

    assertThat(run.report().violations())
        .extracting(v -> v.kind() + " " + v.resource())
        .containsExactly(
            "DECOY_OPENED ~/.aws/credentials", "DECOY_VALUE ~/.aws/credentials in standard output");
  }

  @Test
  void findsTheValueOfADecoyInWhatWasWritten() {
    Run run =
        yard.run(
            """
            mkdir -p /out/debug; (echo x; rev ~/.netrc) >/out/debug/loot
            touch -d 2001-01-01 /out/debug/loot
            ln -s /home/b/.aws/credentials /out/link; mkfifo /out/pipe
            """);

    assertThat(run.report().violations())
        .extracting(v -> v.kind() + " " + v.resource())
        .containsExactly("DECOY_OPENED ~/.netrc", "DECOY_VALUE ~/.netrc in debug/loot");
  }

  @Test
  void laysADecoyOverTheSecretsOfAProject() throws IOException {
    Files.writeString(yard.project().resolve(".env.local"), "TOKEN=real");

    Run run = yard.run("cat .env.local | tr 'a-z' 'A-Z' | wc -c");

    assertThat(run.out()).isNotEqualTo("10\n");
    assertThat(run.report().violations())
        .extracting(v -> v.kind() + " " + v.resource())
        .containsExactly("DECOY_OPENED /project/.env.local");
  }

  @Test
  void listsWhatABuildWouldHaveChangedAndThrowsItAway() throws IOException {
    Files.writeString(yard.project().resolve("build.rs"), "honest");
    Files.writeString(yard.project().resolve("gone.rs"), "there");
    Files.createDirectories(yard.project().resolve("src"));
    Files.writeString(yard.project().resolve("src/lib.rs"), "same");

    Run run =
        yard.run(
            discarding(
                """
                echo evil >build.rs && cat build.rs; rm gone.rs; mkdir -p .cargo
                echo x >.cargo/config.toml; cat src/lib.rs; chmod 000 .cargo
                """));

    assertThat(run.out()).isEqualTo("evil\nsame");
    assertThat(run.report().violations())
        .extracting(v -> v.kind() + " " + v.resource())
        .contains(
            "WRITE_ATTEMPT /project/build.rs",
            "WRITE_ATTEMPT /project/gone.rs (removed)",
            "WRITE_ATTEMPT /project/.cargo/")
        .allMatch(v -> v.startsWith(Kind.WRITE_ATTEMPT.name()));
    assertThat(yard.project().resolve("build.rs")).hasContent("honest");
    assertThat(yard.project().resolve("gone.rs")).hasContent("there");
    assertThat(yard.project().resolve(".cargo")).doesNotExist();
  }

  @Test
  void tellsNothingOfABuildThatLeavesItsProjectAlone() throws IOException {
    Files.writeString(yard.project().resolve("main.rs"), "main");

    Run run = yard.run(discarding("cat main.rs; echo x >/out/x"));

    assertThat(run.report().violations()).isEmpty();
  }

  @Test
  void boundsTheListOfChanges() {
    Run run = yard.run(discarding("for i in $(seq 150); do : >$i; done"));

    List<Violation> all = run.report().violations();
    assertThat(all).hasSize(101);
    assertThat(all.getLast().resource()).isEqualTo("more files of the project");
    assertThat(all.getLast().count()).isEqualTo(50);
  }

  private SandboxPolicy discarding(String script) {
    SandboxPolicy.Folders usual = yard.folders();
    return new SandboxPolicy(
        List.of("sh", "-c", script),
        Access.USUAL,
        new SandboxPolicy.Folders(
            new SandboxPolicy.Project(yard.project(), Path.of(""), Writes.DISCARD, false),
            usual.target(),
            usual.toolchain(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            usual.offLimits()),
        Map.of(),
        SandboxLimits.USUAL);
  }
}
