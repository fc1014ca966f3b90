package lazaret.bench.scale;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntConsumer;

/// A meter of the processor time of this process, including all threads and the collector. It
/// prints figures, one a line, each after its name.
final class ProcessorMeter {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /// The processor time after which a request is not repeated.
  private static final long ENOUGH_NANOS = 2_000_000_000L;

  private ProcessorMeter() {}

  /// Returns the processor time of this process so far.
  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }

  static void print(String name, double value) {
    System.out.printf(Locale.ROOT, "%s %.3f%n", name, value);
  }

  /// Runs an operation once and prints its time by the clock and by the processors.
  static void once(String name, Runnable work) {
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    print(name + "-seconds", (System.nanoTime() - start) / 1e9);
    print(name + "-cpu", (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  /// Measures an operation the first time, and then repeatedly after enough runs for compilation.
  /// Repetitions end after two seconds of processor time or a maximum number. Prints milliseconds
  /// of processor time for each.
  ///
  /// @param work receives the number of the run
  static void each(String name, int atMost, IntConsumer work) {
    long cpu = SYSTEM.getProcessCpuTime();
    work.accept(0);
    double first = (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
    int asked = 1;
    for (int round = 0; round < 2; round++) {
      int before = asked;
      cpu = SYSTEM.getProcessCpuTime();
      long spent = 0;
      while (asked < atMost && spent < ENOUGH_NANOS) {
        work.accept(asked++);
        spent = SYSTEM.getProcessCpuTime() - cpu;
      }
      if (round == 1 || asked == atMost) {
        print(name + "-first-ms", first);
        print(name + "-ms", asked == before ? first : spent / 1e6 / (asked - before));
        return;
      }
    }
  }

  /// Prints the peak resident memory so far, in MB.
  static void peak(String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          print(name, Long.parseLong(line.replaceAll("[^0-9]", "")) / 1e3);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/status", e);
    }
  }
}
