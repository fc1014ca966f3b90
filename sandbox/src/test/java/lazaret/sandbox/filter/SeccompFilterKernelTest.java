package lazaret.sandbox.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.sandbox.Bwrap;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.SandboxMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The results of the filter in the kernel, compared with those of the interpreter, in a temporary
/// namespace.
class SeccompFilterKernelTest {
  private static final int FAIL = 0x0005_0000;
  private static final int ERRNO = 0xffff;

  @TempDir static Path dir;
  private static Path asker;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    Bwrap.assumeUsable();
    asker = Bwrap.compileAsker(dir);
  }

  @Test
  void deniesInTheKernelWhatItDeniesOnPaper() throws IOException, InterruptedException {
    CpuArchitecture architecture = CpuArchitecture.of(System.getProperty("os.arch")).orElseThrow();
    SyscallTable table = SyscallTable.of(architecture);
    byte[] filter = SeccompFilter.forMode(SandboxMode.SEALED, false, false, architecture);
    BpfMachine machine = new BpfMachine(filter);
    List<String> asked = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    List<CallRow> rows = new ArrayList<>(CallRow.ALL);
    table.names().values().forEach(name -> rows.add(CallRow.of(name, 0, 0, 0, 0, 0, 0, 0)));
    for (CallRow row : rows) {
      if (table.number(row.call()).isPresent()) {
        int number = table.number(row.call()).getAsInt();
        int action = machine.run(number, table.audit(), row.six());
        // Permitted calls are skipped, because half of them would end the program.
        if ((action & ~ERRNO) == FAIL) {
          asked.add(number + words(row.six()));
          expected.add(row.call() + " " + (action & ERRNO));
        }
      }
    }

    List<String> found = run(filter, asked);

    assertThat(asked).hasSizeGreaterThan(100);
    assertThat(found).hasSameSizeAs(asked);
    for (int i = 0; i < asked.size(); i++) {
      found.set(i, expected.get(i).replaceFirst(" .*", " ") + found.get(i));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void letsWhatItDeniesHappenWithoutTheFilter() throws IOException, InterruptedException {
    // keyctl(KEYCTL_GET_KEYRING_ID, session), socket(AF_VSOCK), unshare(0): without a filter they
    // succeed, so the test above observes the filter and not the kernel.
    List<String> found =
        run(new byte[0], List.of("250 0 -3 0 0 0 0", "41 40 1 0 0 0 0", "272 0 0 0 0 0 0"));

    assertThat(found).containsExactly("0", "0", "0");
  }

  @Test
  void killsACallOfTheI386Interface() throws IOException, InterruptedException {
    byte[] filter = SeccompFilter.forMode(SandboxMode.GATE, false, true, CpuArchitecture.X86_64);

    Process process = start(filter, "i386");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // 128 and SIGSYS.
    assertThat(process.waitFor()).as(output).isEqualTo(128 + 31);
    assertThat(output).isEmpty();
  }

  /// A truncated or invalid filter: bubblewrap starts no process.
  @Test
  void runsNothingUnderADamagedFilter() throws IOException, InterruptedException {
    byte[] filter = SeccompFilter.forMode(SandboxMode.SEALED, false, false, CpuArchitecture.X86_64);
    byte[] none = new byte[filter.length];
    Arrays.fill(none, (byte) 0xff);
    for (byte[] damaged :
        List.of(Arrays.copyOf(filter, filter.length - 3), Arrays.copyOf(filter, 8 * 40), none)) {
      Process process = start(damaged);
      try (Writer in = process.outputWriter()) {
        in.write("39 0 0 0 0 0 0\n");
      } catch (IOException _) {
        // The process has ended already.
      }
      assertThat(process.getInputStream().readAllBytes()).isEmpty();
      assertThat(process.waitFor()).isNotZero();
    }
  }

  private static String words(long[] arguments) {
    return Arrays.stream(arguments).mapToObj(a -> " " + a).collect(Collectors.joining());
  }

  private static List<String> run(byte[] filter, List<String> calls)
      throws IOException, InterruptedException {
    Process process = start(filter);
    try (Writer in = process.outputWriter()) {
      in.write(String.join("\n", calls) + "\n");
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new ArrayList<>(output.lines().toList());
  }

  private static Process start(byte[] filter, String... arguments) throws IOException {
    Path file = Files.write(dir.resolve("filter"), filter);
    List<String> command = new ArrayList<>(List.of("/tmp/ask"));
    command.addAll(List.of(arguments));
    List<String> options = List.of("--ro-bind", asker.toString(), "/tmp/ask");
    String[] words = command.toArray(String[]::new);
    List<String> line =
        filter.length == 0 ? Bwrap.line(options, words) : Bwrap.line(file, options, words);
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
