package lazaret.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scripts in place of git, and git itself for its settings.
class GitProgramTest {
  private static final GitProgram.Limits LIMITS =
      new GitProgram.Limits(Duration.ofMinutes(1), 1 << 20, 1 << 20, 256L << 20);

  @TempDir Path folder;

  private GitProgram script(String text, GitProgram.Limits limits) throws IOException {
    Path program = Files.writeString(folder.resolve("git"), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new GitProgram(program, folder, limits);
  }

  private String output(GitProgram git, String... words) {
    return git.run(folder, Map.of(), List.of(words)).text().strip();
  }

  /// A pipe has room for 64 KiB.
  @Test
  void messagesThatFillThePipeDoNotStopTheProgram() throws IOException {
    GitProgram git = script("yes 'warning: old' | head -c 1000000 >&2; echo done", LIMITS);

    assertThat(output(git, "fetch")).isEqualTo("done");
  }

  @Test
  void failureHasTheBeginOfTheMessages() throws IOException {
    GitProgram git = script("yes 'fatal: none' | head -c 1000000 >&2; exit 128", LIMITS);

    assertThatThrownBy(() -> output(git, "fetch"))
        .isInstanceOf(LazaretException.class)
        .hasMessageStartingWith("cannot run git fetch: fatal: none")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }

  @Test
  void programThatTakesTooLongIsEnded() throws IOException {
    GitProgram git =
        script(
            "exec sleep 600",
            new GitProgram.Limits(Duration.ofMillis(600), 1 << 20, 1 << 20, 256L << 20));
    long begin = System.nanoTime();

    assertThatThrownBy(() -> output(git, "fetch")).hasMessageContaining("it took longer than");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
  }

  /// A server that stops interrupts its requests.
  @Test
  void canceledProgramIsEnded() throws Exception {
    Path number = folder.resolve("number");
    GitProgram git =
        script(
            "echo $$ >'%1$s.new'; mv '%1$s.new' '%1$s'; exec sleep 600".formatted(number), LIMITS);
    FutureTask<String> fetch = new FutureTask<>(() -> output(git, "fetch"));
    Thread fetching = Thread.ofVirtual().start(fetch);
    while (!Files.exists(number) && fetching.isAlive()) {
      Thread.sleep(Duration.ofMillis(10));
    }
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(Files.readString(number).strip())).orElseThrow();

    fetching.interrupt();

    assertThatThrownBy(() -> fetch.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("it was canceled");
    assertThat(process.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void missingProgramIsNamed() {
    GitProgram git = new GitProgram(folder.resolve("none"), folder, LIMITS);

    assertThatThrownBy(() -> output(git, "init"))
        .isInstanceOfSatisfying(
            LazaretException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageEndingWith("install git");
  }

  @Test
  void addressSpaceIsLimited() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not installed");

    assertThat(output(script("ulimit -v", LIMITS), "fetch")).isEqualTo("262144");
  }

  @ParameterizedTest
  @CsvSource({
    "pack.threads, 1",
    "pack.windowMemory, 64m",
    "core.deltaBaseCacheLimit, 64m",
    "core.packedGitLimit, 128m",
    "transfer.fsckObjects, true",
    "http.followRedirects, false",
  })
  void settingsAreInForce(String name, String value) {
    assumeTrue(Files.isExecutable(GitPlace.PROGRAM), "git is not installed");
    GitProgram git = new GitProgram(GitPlace.PROGRAM, folder, LIMITS);

    assertThat(output(git, "config", "--get", name)).isEqualTo(value);
  }
}
