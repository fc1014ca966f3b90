package lazaret.e2e.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrossJvmLock;

/// A Debian with nothing but its base packages, in a folder. Programs run in it with the processes
/// and the network of the machine: `vetting-cli` looks for the process of the gate.
final class DebianRoot implements AutoCloseable {
  private static final String SUITE = "trixie";
  private static final Path BASE = Machine.root().resolve("e2e/target/debian-root");
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Pattern MIRROR =
      Pattern.compile("(?m)^(?:URIs: |deb (?:\\[[^]]*] )?)(http\\S+/debian/?)(?=\\s|$)");

  /// A chroot must be a mount point, or the JVM finds no file system for its folders.
  private static final String ENTER =
      """
      root=$1; rust=$2; shift 2
      mount --rbind "$root" "$root"
      mount -t proc proc "$root/proc"
      mount --bind /dev "$root/dev"
      if [ -n "$rust" ]; then
        mkdir -p "$root/opt/rust"
        mount --bind -o ro "$rust" "$root/opt/rust"
      fi
      cd "$root"
      exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin:/opt/rust/bin \
        HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
      """;

  private final Path folder;

  private DebianRoot(Path folder) {
    this.folder = folder;
  }

  /// Returns a new root.
  static DebianRoot fresh() {
    assumeTrue(Machine.program("debootstrap").isPresent(), "debootstrap is not installed");
    assumeTrue(Programs.isRoot(), "a root of its own takes root");
    boolean _ =
        CrossJvmLock.hold(
            BASE.resolveSibling("debian-root.lock"),
            () -> {
              boolean isComplete = Files.isRegularFile(BASE.resolve("etc/complete"));
              if (!isComplete) {
                bootstrap();
              }
              return isComplete;
            });
    Path folder = WorkFolder.folder("debian-root");
    PackageBuild.run("cp", "-a", BASE + "/.", folder.toString()).ok();
    return new DebianRoot(folder);
  }

  private static void bootstrap() {
    Optional<String> mirror = mirror();
    assumeTrue(mirror.isPresent(), "the sources of apt name no mirror of Debian");
    WorkFolder.delete(BASE);
    ProgramResult made =
        PackageBuild.run(
            "debootstrap", "--variant=minbase", SUITE, BASE.toString(), mirror.orElseThrow());
    assumeTrue(made.exit() == 0, "debootstrap failed: no mirror of Debian can be reached");
    try {
      for (String file : List.of("/etc/resolv.conf", "/etc/hosts")) {
        Files.writeString(Path.of(BASE + file), Files.readString(Path.of(file)));
      }
      new DebianRoot(BASE).run("apt-get", "update", "-qq").ok();
      Files.writeString(BASE.resolve("etc/complete"), "");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set up " + BASE, e);
    }
  }

  private static Optional<String> mirror() {
    try (Stream<Path> lists = Files.list(Path.of("/etc/apt/sources.list.d"))) {
      List<Path> all = new ArrayList<>(lists.sorted().toList());
      all.add(Path.of("/etc/apt/sources.list"));
      for (Path file : all) {
        Matcher found = MIRROR.matcher(Files.isRegularFile(file) ? Files.readString(file) : "");
        if (found.find()) {
          return Optional.of(found.group(1));
        }
      }
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Returns a path in this root as the machine has it.
  Path path(String absolute) {
    return Path.of(folder + absolute);
  }

  /// Runs a program in this root.
  ProgramResult run(String... command) {
    return Programs.run(PATIENCE, command(command).toArray(String[]::new));
  }

  /// Runs a line of the shell in this root.
  ProgramResult shell(String line) {
    return run("sh", "-ec", line);
  }

  /// Returns the command that runs a program in this root. The cargo of the machine is in its
  /// search path.
  List<String> command(String... command) {
    List<String> all = new ArrayList<>(List.of("unshare", "--mount"));
    String rust = Machine.rust().map(bin -> bin.resolveSibling("").toString()).orElse("");
    all.addAll(List.of("sh", "-ec", ENTER, "sh", folder.toString(), rust));
    all.addAll(List.of(command));
    return all;
  }

  @Override
  public void close() {
    WorkFolder.delete(folder);
  }
}
