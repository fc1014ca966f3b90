package lazaret.e2e.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;

/// The packages for 64-bit ARM, and an emulator that runs their programs.
final class Aarch64 {
  /// The number of the processor in an [ElfFile].
  static final int MACHINE = 183;

  private static final String LIBRARIES = "libc6 libgcc-s1 libstdc++6 zlib1g";
  private static final String FETCH =
      """
      mkdir -p lists/partial cache/archives/partial
      apt="apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::Cache=$PWD/cache \
        -o Dir::State::lists=$PWD/lists -o Dir::State::status=/dev/null -o APT::Sandbox::User=root"
      $apt update
      for package in %s; do $apt download $package:arm64; done
      for file in *.deb; do dpkg-deb -x $file sys; done
      ln -s usr/lib sys/lib
      """
          .formatted(LIBRARIES);

  private Aarch64() {}

  /// Returns the packages without caches.
  static PackageBuild packages() {
    Path jdk = Machine.root().resolve("target/packaging/jdk-aarch64/jmods");
    assumeTrue(
        Files.isDirectory(jdk)
            || System.getenv("LAZARET_AARCH64_JDK") != null
            || Machine.program("apt-get").isPresent(),
        "no JDK for aarch64: neither LAZARET_AARCH64_JDK nor apt");
    return PackageBuild.forProcessor("aarch64", "aarch64", "--no-caches", "tar");
  }

  /// Returns the command that starts the gate of an unpacked archive in an emulator.
  static List<String> emulated(Path home) {
    assumeTrue(Machine.program("qemu-aarch64").isPresent(), "qemu-user is not installed");
    Path folder = WorkFolder.folder("aarch64");
    ProcessBuilder fetch = new ProcessBuilder("sh", "-ec", FETCH).directory(folder.toFile());
    ProgramResult fetched = ProgramResult.of(fetch, Duration.ofMinutes(5));
    assumeTrue(fetched.exit() == 0, "apt has no libraries for arm64");
    try {
      List<String> command = new ArrayList<>();
      command.addAll(List.of("qemu-aarch64", "-L", folder.resolve("sys").toString()));
      command.add(home.resolve("runtime/bin/java").toString());
      command.addAll(Files.readAllLines(home.resolve("mirror-server.flags")));
      command.add("-Djava.library.path=" + home.resolve("native"));
      List<String> jars =
          Files.readAllLines(home.resolve("mirror-server.jars")).stream()
              .map(jar -> home.resolve("jars").resolve(jar).toString())
              .toList();
      command.addAll(List.of("-cp", String.join(":", jars), "lazaret.mirror.Main"));
      command.addAll(List.of("--listen", "127.0.0.1:0"));
      command.addAll(List.of("--upstream", WorkFolder.folder("upstream").toString()));
      command.addAll(List.of("--data-dir", WorkFolder.folder("data").toString()));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home, e);
    }
  }
}
