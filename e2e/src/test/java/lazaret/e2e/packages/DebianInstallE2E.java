package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The life of the package in an empty Debian: installed, used, changed for a later and an earlier
/// one, removed, purged.
@Tag("all")
class DebianInstallE2E {
  private static final String APT = "apt-get install -y --no-install-recommends ";

  @Test
  void isInstalledUsedUpgradedDowngradedRemovedAndPurged() {
    Path first = PackageBuild.complete().named("lazaret_", "-1_amd64.deb");
    Path later = PackageBuild.later().named("lazaret_", "-2_amd64.deb");
    try (DebianRoot root = DebianRoot.fresh()) {
      Installation lazaret = new Installation(root);
      Installation.lay(root);
      String older = lazaret.bring(first);
      String newer = lazaret.bring(later);

      install(root, lazaret, older);
      upgrade(root, lazaret, newer);
      downgrade(root, lazaret, older);
      remove(root);
      purge(root, older);
    }
  }

  /// The machine pretends to be another one, whose packages have no caches.
  @Test
  void aarch64TrainsItsCachesAndIsInstalledWithoutThem() throws IOException {
    Path file = PackageBuild.later().named("lazaret_", "-2_amd64.deb");
    try (DebianRoot root = DebianRoot.fresh()) {
      String inside = new Installation(root).bring(file);
      script(root, "/usr/sbin/uname", "echo aarch64");

      assertThat(root.shell(APT + inside + " 2>&1").ok().out()).doesNotContain("no AOT caches");
      assertThat(root.shell("ls /usr/lib/lazaret | grep aot").ok().out().lines())
          .hasSize(5)
          .allMatch(name -> name.endsWith(".aot"));

      script(root, "/usr/lib/lazaret/training/train", "exit 1");
      root.shell("touch /usr/lib/lazaret/bundle.aot.7.config").ok();
      ProgramResult failed = root.shell("/var/lib/dpkg/info/lazaret.postinst configure 2>&1").ok();
      assertThat(failed.out())
          .isEqualTo(
              "lazaret: no AOT caches could be made; the programs start without, which takes"
                  + " longer\n");
      assertThat(root.shell("ls /usr/lib/lazaret").out()).doesNotContain("aot");

      root.shell("touch /usr/lib/lazaret/bundle.aot.7").ok();
      root.shell("apt-get remove -y lazaret 2>&1").ok();
      assertThat(root.path("/usr/lib/lazaret")).doesNotExist();
    }
  }

  private static void script(DebianRoot root, String path, String line) throws IOException {
    Path file = Files.writeString(root.path(path), "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true, false)).isTrue();
  }

  private static void install(DebianRoot root, Installation lazaret, String file) {
    long begun = System.nanoTime();
    ProgramResult installed = root.shell(APT + file + " 2>&1").ok();
    assertThat(installed.out()).contains("Creating user 'lazaret'");
    long unpacked = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    lazaret.configure();
    try (PackagedGate gate = lazaret.start()) {
      assertThat(lazaret.build().ok().out()).contains("Finished").contains("alpha");
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      System.out.printf(
          "from apt install to the first vetted build: %d s, of which apt took %d s%n",
          seconds, unpacked);
      assertThat(gate.maps()).contains("/usr/lib/lazaret/mirror-server.aot");
      gate.kill();
    }
    // What a killed gate left behind, such as its socket, does not hinder the next start.
    lazaret.start().close();
    assertThat(root.shell("stat -c '%a %U' /var/lib/lazaret").out()).isEqualTo("700 lazaret\n");
    assertThat(root.shell("test -e /etc/systemd/system/multi-user.target.wants/lazaret.service"))
        .extracting(ProgramResult::exit)
        .as("the service is enabled on request")
        .isEqualTo(1);
    assertThat(root.shell("dpkg --verify lazaret").out()).contains("/etc/lazaret/lazaret.toml");
    assertThat(root.shell("dpkg --verify lazaret").out().lines()).hasSize(1);
    for (String part :
        List.of(
            "/usr/share/man/man1/vetting-cli.1.gz",
            "/usr/share/zsh/vendor-completions/_vetting-cli",
            "/usr/lib/lazaret/plugins/tracing/tracing-*.jar",
            "/usr/share/doc/lazaret/docs/hooks/pre-commit")) {
      assertThat(root.shell("test -f " + part).exit()).as(part).isZero();
    }
  }

  private static void upgrade(DebianRoot root, Installation lazaret, String file) {
    String settings = lazaret.read("/etc/lazaret/lazaret.toml");

    root.shell(APT + file + " 2>&1").ok();

    assertThat(version(root)).endsWith("-2");
    assertThat(lazaret.read("/etc/lazaret/lazaret.toml")).isEqualTo(settings);
    assertThat(root.shell("ls /usr/lib/lazaret").out()).doesNotContain(".aot");
    servesWithoutUpstream(root, lazaret);
  }

  private static void downgrade(DebianRoot root, Installation lazaret, String file) {
    ProgramResult back = root.shell(APT + "--allow-downgrades " + file + " 2>&1").ok();

    assertThat(back.out())
        .containsPattern("lazaret: going back from \\S+-2 to \\S+-1")
        .contains("refuses to start and changes nothing")
        .contains("vetting-cli restore");
    assertThat(version(root)).endsWith("-1");
    servesWithoutUpstream(root, lazaret);
  }

  /// Versions that an earlier start stored are served.
  private static void servesWithoutUpstream(DebianRoot root, Installation lazaret) {
    root.shell("mv /srv/crates /srv/away && mkdir /srv/crates").ok();
    try (PackagedGate gate = lazaret.start()) {
      assertThat(lazaret.build().ok().out()).contains("Finished");
      assertThat(gate.stop()).isTrue();
    }
    root.shell("rmdir /srv/crates && mv /srv/away /srv/crates").ok();
  }

  private static void remove(DebianRoot root) {
    ProgramResult removed = root.shell("apt-get remove -y lazaret 2>&1").ok();

    assertThat(removed.out()).contains("the store stays in /var/lib/lazaret");
    assertThat(root.path("/usr/lib/lazaret")).doesNotExist();
    assertThat(root.path("/usr/share/lazaret")).doesNotExist();
    assertThat(root.path("/usr/bin/vetting-cli")).doesNotExist();
    assertThat(root.path("/etc/lazaret/lazaret.toml")).exists();
    assertThat(root.shell("ls /var/lib/lazaret/data").out()).contains("store");
  }

  private static void purge(DebianRoot root, String file) {
    // After a second installation, so that the purge does all of it.
    root.shell(APT + file + " 2>&1").ok();
    // What systemctl edit and the sandbox make.
    root.shell(
            """
            mkdir -p /var/lib/lazaret-sandbox/old /var/cache/lazaret-sandbox/old
            for unit in lazaret.service lazaret-sandbox.service lazaret-sandbox.socket; do
              mkdir -p /etc/systemd/system/$unit.d
              echo '[Service]' >/etc/systemd/system/$unit.d/override.conf
            done
            """)
        .ok();
    ProgramResult purged = root.shell("apt-get purge -y lazaret 2>&1").ok();

    assertThat(purged.out()).contains("deleting the store in /var/lib/lazaret");
    assertThat(root.shell("find /etc /usr /var -xdev -iname '*lazaret*'").out()).isEmpty();
  }

  private static String version(DebianRoot root) {
    return root.run("dpkg-query", "-W", "-f", "${Version}", "lazaret").ok().out();
  }
}
