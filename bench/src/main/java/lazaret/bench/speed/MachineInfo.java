package lazaret.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The machine of a run, as the kernel and the JVM describe it.
///
/// @param processor model of the processor
/// @param cores number of cores that the process may use
/// @param gibibytes memory of the machine, rounded
/// @param java version of the JDK with its vendor
public record MachineInfo(String processor, int cores, long gibibytes, String java) {
  private static final double KIBIBYTES_PER_GIBIBYTE = 1024 * 1024;

  /// Returns this machine.
  ///
  /// @throws IOException if `/proc` cannot be read
  public static MachineInfo current() throws IOException {
    String processors = Files.readString(Path.of("/proc/cpuinfo"));
    String memory = Files.readString(Path.of("/proc/meminfo"));
    return new MachineInfo(
        value(processors, "model name").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        gibibytes(memory),
        Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
  }

  /// Returns the memory by the text of `/proc/meminfo`, rounded.
  ///
  /// @throws IllegalArgumentException if the text has no total
  static long gibibytes(String meminfo) {
    String total =
        value(meminfo, "MemTotal")
            .orElseThrow(() -> new IllegalArgumentException("no MemTotal in " + meminfo));
    return Math.round(Long.parseLong(total.replaceAll("[^0-9]", "")) / KIBIBYTES_PER_GIBIBYTE);
  }

  /// Returns the value after the first occurrence of a name in a file of `/proc`.
  static Optional<String> value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /// Returns the machine as a part of a sentence.
  @Override
  public String toString() {
    return "%s, %d cores, %d GiB, JDK %s".formatted(processor, cores, gibibytes, java);
  }
}
