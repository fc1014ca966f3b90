package lazaret.cli.gitsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.GlobalOptions;
import lazaret.cli.desk.CliException;
import lazaret.cli.fixture.ServerFixture;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folders of Git sources in the package cache, which all builds of a user share.
class GitSourceCopyTest {
  private static final Path INSIDE = Path.of("/cargo/git-folders/key");
  private static final String PACKAGE =
      "lazaret-git-" + OneGitSource.KEY.hex().substring(0, 12) + "/tool-1.2.3";

  @TempDir Path home;

  private Path cache() {
    return home.resolve("cache");
  }

  private Path folder() {
    return cache().resolve("git");
  }

  private void bring(ServerFixture gate) {
    PrintStream none = new PrintStream(OutputStream.nullOutputStream());
    CliEnvironment around =
        new CliEnvironment(
            new Terminal(none, none, Reader.nullReader(), TerminalCapabilities.PIPE),
            Map.of("LAZARET_SERVER", gate.url(), "LAZARET_TOKEN", gate.secret),
            home,
            home,
            "alice",
            gate.clock,
            _ -> {},
            "0.1.0",
            "");
    try (CliSession session = new CliSession(around, new GlobalOptions())) {
      Lockfile lockfile = Lockfile.parse(Bytes.utf8(OneGitSource.LOCKFILE));
      new GitSourceCopy().bring(session, lockfile, folder(), INSIDE);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /// Returns what distinguishes a folder from another one of its name.
  private static Object identity(Path folder) throws IOException {
    return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
  }

  @Test
  void twoBuildsBringTheSameSourcesAtOnce() throws Exception {
    OneGitSource source = new OneGitSource(home);
    CyclicBarrier both = new CyclicBarrier(2);
    source.atEachDownload = () -> meet(both);
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> bring(gate));
      Future<?> two = threads.submit(() -> bring(gate));
      one.get(1, TimeUnit.MINUTES);
      two.get(1, TimeUnit.MINUTES);
    }

    assertThat(source.downloads).hasValue(2);
    assertThat(names(cache())).as("no temporary folder stays").containsExactly("git");
    assertThat(folder().resolve(PACKAGE).resolve("src/lib.rs")).isRegularFile();
    assertThat(Files.readString(folder().resolve("config.toml")))
        .contains("replace-with", INSIDE.toString());
  }

  /// A program of another build may have a file of it open.
  @Test
  void aFolderWithTheSourcesIsNotReplaced() throws IOException {
    OneGitSource source = new OneGitSource(home);
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source))) {
      bring(gate);
      Object before = identity(folder());

      bring(gate);

      assertThat(identity(folder())).isEqualTo(before);
      assertThat(source.downloads).hasValue(1);
    }
  }

  /// Files that nobody knows must not stop each build.
  @Test
  void aFolderWithOtherFilesIsReplaced() throws IOException {
    OneGitSource source = new OneGitSource(home);
    Path other = Files.createDirectories(folder().resolve("other"));
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source))) {
      bring(gate);
    }

    assertThat(other).doesNotExist();
    assertThat(folder().resolve(PACKAGE).resolve("Cargo.toml")).isRegularFile();
  }

  @Test
  void aSourceThatIsNotApprovedIsNotBrought() throws IOException {
    OneGitSource source = new OneGitSource(home);
    try (ServerFixture gate = new ServerFixture(_ -> List.of(source))) {
      bring(gate);
      source.state = GitSourceStatus.DENIED;

      assertThatThrownBy(() -> bring(gate))
          .as("also if the folder has it")
          .isInstanceOf(CliException.class)
          .hasMessageContaining(OneGitSource.COMMIT + " is denied");
    }
  }
}
