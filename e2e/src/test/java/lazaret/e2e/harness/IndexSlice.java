package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.SharedData;
import lazaret.testkit.UpstreamContent;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;

/// A gate with the shared slice of the public registry, at the time of the slice.
///
/// @param upstream the server of the slice
/// @param gate the gate
public record IndexSlice(ScriptedUpstream upstream, GateProcess gate) implements AutoCloseable {
  /// The time at which the slice was taken.
  public static final Instant TAKEN = Instant.parse("2026-11-24T12:00:00Z");

  /// The platform for which the older lockfiles and the programs are complete.
  public static final String PLATFORM = "x86_64-unknown-linux-gnu";

  private static final Pattern LOCKED =
      Pattern.compile("name = \"([^\"]+)\"\nversion = \"([^\"]+)\"\nsource = ");
  private static final Pattern PUBLISHED = Pattern.compile("\"pubtime\":\"([^\"]+)\"");

  /// A project or program of the slice.
  ///
  /// @param name the name of the folder, or of the `.crate` without its ending
  /// @param program whether it is a published program
  public record Subject(String name, boolean program) {
    /// Returns a new copy with its old lockfile.
    public CargoProjectFolder lay() {
      return program ? unpacked() : copied("Cargo.lock.2026-02-01");
    }

    /// Returns a new copy with the lockfile of the day of the slice.
    public CargoProjectFolder layToday() {
      return copied("Cargo.lock");
    }

    private CargoProjectFolder copied(String lock) {
      CargoProjectFolder project =
          CargoProjectFolder.copyOf(data().resolve("projects").resolve(name));
      try {
        return project.lock(Files.readString(project.folder().resolve(lock)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the lock of " + name, e);
      }
    }

    private CargoProjectFolder unpacked() {
      Path folder = WorkFolder.folder("program");
      String crate = name.substring(0, name.lastIndexOf('-'));
      Path file = data().resolve("crates").resolve(crate).resolve(name + ".crate");
      ProgramResult.of(
              new ProcessBuilder("tar", "-xzf", file.toString(), "-C", folder.toString()),
              Duration.ofMinutes(1))
          .ok();
      return new CargoProjectFolder(folder.resolve(name));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// Returns the three projects.
  public static Stream<Subject> projects() {
    return Stream.of("web-service", "command-line", "crypto-tool").map(n -> new Subject(n, false));
  }

  /// Returns the three projects and the three programs.
  public static Stream<Subject> subjects() {
    return Stream.concat(
        projects(),
        Stream.of("ripgrep-14.1.1", "hyperfine-1.19.0", "exa-0.10.1")
            .map(n -> new Subject(n, true)));
  }

  /// Starts a gate with the slice. The test is skipped if there is no slice.
  public static IndexSlice open() {
    return open(settings -> settings);
  }

  /// Starts a gate with the slice and other settings.
  public static IndexSlice open(UnaryOperator<GateSettings> edit) {
    ScriptedUpstream upstream = ScriptedUpstream.start(UpstreamContent.ofFolder(data()));
    GateSettings settings = GateSettings.over(WorkFolder.folder("data"), upstream).clock(TAKEN);
    return new IndexSlice(upstream, GateProcess.start(edit.apply(settings)));
  }

  /// Returns the folder of the slice. The test is skipped if there is no slice.
  public static Path data() {
    Optional<SharedData> shared = SharedData.find();
    assumeTrue(shared.isPresent(), "there is no shared data beside the repository");
    return shared.orElseThrow().upstream();
  }

  /// Returns the publish time of each version of a lockfile, according to the index of the slice.
  public static List<Instant> published(String lock) {
    return LOCKED.matcher(lock).results().map(m -> published(m.group(1), m.group(2))).toList();
  }

  /// Returns whether a lockfile has a version of a crate.
  public static boolean locks(String lock, String name, String version) {
    return LOCKED
        .matcher(lock)
        .results()
        .anyMatch(m -> m.group(1).equals(name) && m.group(2).equals(version));
  }

  private static Instant published(String name, String version) {
    Path file = data().resolve("index").resolve(IndexPath.of(CrateName.parse(name)));
    try (Stream<String> lines = Files.lines(file)) {
      String line =
          lines
              .filter(l -> l.contains("\"vers\":\"" + version + "\""))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + name + " " + version));
      Matcher time = PUBLISHED.matcher(line);
      return time.find() ? Instant.parse(time.group(1)) : Instant.MIN;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Waits until the gate has sent no request to upstream for a second, and removes the recorded
  /// requests.
  public void settle() {
    int before = -1;
    while (before != upstream.requests().size()) {
      before = upstream.requests().size();
      try {
        Thread.sleep(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    upstream.forgetRequests();
  }

  @Override
  public void close() {
    gate.close();
    upstream.close();
  }
}
