package lazaret.e2e.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrossJvmLock;

/// The packages of this clone, each set built once in a run of the tests.
public final class PackageBuild {
  /// The processor of the packages that start here.
  static final String PROCESSOR = "x86_64";

  private static final Path OUTPUT = Machine.root().resolve("e2e/target/packages");
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /// One for all JVMs of a run.
  private static final String RUN =
      System.getProperty("lazaret.run", "process " + ProcessHandle.current().pid());

  private static final Map<String, PackageBuild> BUILT = new ConcurrentHashMap<>();

  private final Path folder;

  private PackageBuild(Path folder) {
    this.folder = folder;
  }

  /// Returns the archives without caches, which are built in half a minute.
  public static PackageBuild plainArchives() {
    return of("plain-archives", "--no-caches", "tar", "cli", "cluster");
  }

  /// Returns all packages as users get them.
  static PackageBuild complete() {
    return of("complete", "tar", "cli", "deb", "rpm");
  }

  /// Returns the same packages without caches, as a later build of the version.
  static PackageBuild later() {
    return of("later", "--no-caches", "--revision", "2", "deb", "rpm");
  }

  /// Builds packages.
  ///
  /// @param name the name of the set
  /// @param words the arguments of `packaging/build`
  static PackageBuild of(String name, String... words) {
    return forProcessor(PROCESSOR, name, words);
  }

  /// Builds packages for a processor.
  static PackageBuild forProcessor(String processor, String name, String... words) {
    assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "packages are built on x86-64 machines");
    for (String word : words) {
      if (word.equals("rpm")) {
        assumeTrue(Machine.program("rpmbuild").isPresent(), "rpmbuild is not installed");
      } else if (word.equals("deb")) {
        assumeTrue(Machine.program("dpkg-deb").isPresent(), "dpkg-deb is not installed");
      }
    }
    return BUILT.computeIfAbsent(name, _ -> built(processor, name, words));
  }

  private static PackageBuild built(String processor, String name, String... words) {
    Path folder = OUTPUT.resolve(name);
    return CrossJvmLock.hold(
        OUTPUT.resolve("lock"),
        () -> {
          try {
            Path mark = OUTPUT.resolve(name + ".run");
            if (!Files.exists(mark) || !Files.readString(mark).equals(RUN)) {
              build(folder, processor, words);
              Files.writeString(mark, RUN);
            }
            return new PackageBuild(folder);
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read and write " + OUTPUT, e);
          }
        });
  }

  private static void build(Path folder, String processor, String... words) {
    WorkFolder.delete(folder);
    List<String> command = new ArrayList<>();
    command.add(Machine.root().resolve("packaging/build").toString());
    command.addAll(List.of("--arch", processor, "--output", folder.toString()));
    command.addAll(List.of(words));
    ProgramResult made = Programs.run(PATIENCE, command.toArray(String[]::new));
    assumeTrue(!made.err().contains("cannot build for '"), made.err().strip());
    made.ok();
  }

  /// Returns the folder of the packages.
  Path folder() {
    return folder;
  }

  /// Returns the names of all packages in order.
  List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /// Returns the only package whose name begins and ends with the texts.
  public Path named(String begin, String end) {
    List<String> found =
        names().stream().filter(name -> name.startsWith(begin) && name.endsWith(end)).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one %s...%s, found %s".formatted(begin, end, names()));
    }
    return folder.resolve(found.getFirst());
  }

  /// Unpacks an archive into a new folder and returns the folder that it contains.
  Path unpacked(String begin, String end) {
    Path archive = named(begin, end);
    // With a space, which is in many paths of users.
    Path into = WorkFolder.folder("with space");
    run("tar", "-xzf", archive.toString(), "-C", into.toString()).ok();
    return into.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
  }

  /// Runs a program of the machine.
  static ProgramResult run(String... command) {
    return Programs.run(PATIENCE, command);
  }
}
