package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProbeYard;
import lazaret.e2e.harness.ProbeYard.Attempt;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.Test;

/// Every probe succeeds without the sandbox; otherwise its failure in the sandbox would prove
/// nothing. The test runs in its own namespaces, on a root file system whose changes are discarded.
class ProbeControlE2E {
  /// Features that a kernel may lack, together with their danger. Only these probes may fail for
  /// that reason.
  private static final Set<String> KERNEL_MAY_LACK =
      Set.of(
          "p22-odd-sockets cryptography",
          "p36-kernel-doors kexec_load",
          "p36-kernel-doors init_module",
          "p36-kernel-doors iopl",
          "p37-other-architectures x32",
          "p37-other-architectures i386",
          "p40-kernel-settings open /proc/sysrq-trigger",
          "p23-virtual-machine-sockets socket",
          "p38-terminal TIOCLINUX /dev/tty",
          "p52-kernel-files read /proc/config.gz",
          "p52-kernel-files read /proc/modules",
          "p52-kernel-files read /proc/partitions",
          "p52-kernel-files read /proc/bus/pci/devices");

  @Test
  void everyProbeReachesWhatItReachesFor() throws IOException {
    assumeTrue(Machine.program("bwrap").isPresent(), "bubblewrap is not installed");
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    assumeTrue(Programs.isRoot(), "the control makes namespaces as root");
    Path project = WorkFolder.folder("control");
    Path target = WorkFolder.folder("control-target");
    Programs.run(Duration.ofMinutes(1), "cp", "-r", ProbeYard.sources() + "/.", project.toString())
        .ok();
    String toolchain = String.valueOf(Machine.rust().orElseThrow().getParent());

    Programs.run(
            Duration.ofMinutes(5),
            ProbeYard.sources().resolve("control").toString(),
            project.toString(),
            target.toString(),
            toolchain)
        .ok();

    List<Attempt> attempts = ProbeYard.attempts(target);
    assertThat(attempts).extracting(Attempt::probe).contains(probes());
    assertThat(attempts)
        .filteredOn(a -> a.outcome().equals("denied"))
        .filteredOn(a -> !KERNEL_MAY_LACK.contains(a.probe() + " " + a.name()))
        .isEmpty();
    assertThat(Path.of("/opt/lazaret-marker")).doesNotExist();
  }

  /// Returns the probes, except those that only report and those that only concern the relay of the
  /// gate.
  private static String[] probes() throws IOException {
    try (var folders = Files.list(ProbeYard.sources())) {
      return folders
          .map(folder -> String.valueOf(folder.getFileName()))
          .filter(name -> name.matches("p\\d\\d-.*"))
          .filter(name -> !name.equals("p32-macro-work") && !name.equals("p39-escape-sequences"))
          .toArray(String[]::new);
    }
  }
}
