package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The life of the .rpm in a root of its own. The root has no other .rpm, so dependencies are not
/// resolved; they are compared with what the programs are linked to.
@Tag("all")
class RpmInstallE2E {
  @Test
  void isInstalledUsedUpgradedDowngradedAndErased() {
    Path first = PackageBuild.complete().named("lazaret-0", "-1.x86_64.rpm");
    Path later = PackageBuild.later().named("lazaret-0", "-2.x86_64.rpm");
    try (DebianRoot root = DebianRoot.fresh()) {
      root.shell(
              "apt-get install -y --no-install-recommends systemd-standalone-sysusers"
                  + " systemd-standalone-tmpfiles")
          .ok();
      Installation lazaret = new Installation(root);
      Installation.lay(root);

      rpm(root, "--install", first.toString()).ok();
      assertThat(root.shell("stat -c '%a %U' /var/lib/lazaret").out()).isEqualTo("700 lazaret\n");
      lazaret.configure();
      serves(lazaret);
      assertThat(rpm(root, "--verify", "lazaret").out().lines())
          .singleElement()
          .asString()
          .endsWith(" c /etc/lazaret/lazaret.toml");
      String settings = lazaret.read("/etc/lazaret/lazaret.toml");

      rpm(root, "--upgrade", later.toString()).ok();
      assertThat(rpm(root, "--query", "lazaret").ok().out()).contains("-2.x86_64");
      assertThat(lazaret.read("/etc/lazaret/lazaret.toml")).isEqualTo(settings);
      serves(lazaret);

      rpm(root, "--upgrade", "--oldpackage", first.toString()).ok();
      assertThat(rpm(root, "--query", "lazaret").ok().out()).contains("-1.x86_64");
      serves(lazaret);

      root.shell("mkdir -p /var/cache/lazaret-sandbox/old /var/lib/lazaret-sandbox/old").ok();
      ProgramResult erased = rpm(root, "--erase", "lazaret").ok();
      assertThat(erased.out() + erased.err()).contains("the store stays in /var/lib/lazaret");
      assertThat(root.path("/usr/lib/lazaret")).doesNotExist();
      assertThat(root.path("/usr/share/lazaret")).doesNotExist();
      assertThat(root.path("/usr/bin/vetting-cli")).doesNotExist();
      assertThat(root.path("/var/cache/lazaret-sandbox")).doesNotExist();
      assertThat(root.path("/var/lib/lazaret-sandbox")).doesNotExist();
      assertThat(root.shell("ls /var/lib/lazaret/data").out()).contains("store");
    }
  }

  @Test
  void namesWhatItsProgramsAreLinkedTo() {
    Path rpm = PackageBuild.complete().named("lazaret-0", ".rpm");

    assertThat(PackageBuild.run("rpm", "-qp", "--requires", rpm.toString()).ok().out().lines())
        .contains(
            "/bin/sh", "libgcc_s.so.1()(64bit)", "libstdc++.so.6()(64bit)", "libz.so.1()(64bit)")
        .anyMatch(line -> line.matches("libc\\.so\\.6\\(GLIBC_2\\.\\d+\\)\\(64bit\\)"));
  }

  private static void serves(Installation lazaret) {
    try (PackagedGate gate = lazaret.start()) {
      assertThat(lazaret.build().ok().out()).contains("Finished");
      assertThat(gate.stop()).isTrue();
    }
  }

  private static ProgramResult rpm(DebianRoot root, String... words) {
    // The scripts of packages expect /proc.
    String withProcesses = "mount -t proc proc \"$2/proc\"; exec rpm \"$@\"";
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--mount", "sh", "-ec", withProcesses, "sh"));
    command.addAll(List.of("--root", root.path("").toString()));
    command.addAll(List.of(words));
    if (!words[0].equals("--query")) {
      command.add("--nodeps");
    }
    return PackageBuild.run(command.toArray(String[]::new));
  }
}
