package lazaret.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The archive in an empty Debian, unpacked and used by a user without rights.
@Tag("all")
class ArchiveInstallE2E {
  private static final List<String> USER =
      List.of("setpriv", "--reuid=dev", "--regid=dev", "--init-groups", "--no-new-privs");

  @Test
  void isUnpackedUsedReplacedAndDeletedByAUser() {
    Path archive = PackageBuild.complete().named("lazaret-0", ".tar.gz");
    Path later = PackageBuild.plainArchives().named("lazaret-0", ".tar.gz");
    try (DebianRoot root = DebianRoot.fresh()) {
      Installation.lay(root);
      Installation lazaret = new Installation(root);
      root.shell("useradd --create-home dev && chmod 755 /root && cp -r /root/project /home/dev/")
          .ok();
      root.shell("chown -R dev:dev /home/dev").ok();
      String inside = lazaret.bring(archive);
      user(root, "mkdir one two && tar -xzf " + inside + " -C one --strip-components=1").ok();

      useAndStop(root, "one");
      user(root, "tar -xzf " + lazaret.bring(later) + " -C two --strip-components=1").ok();
      useAndStop(root, "two");

      user(root, "rm -r one two gate").ok();
      assertThat(user(root, "find . -iname '*lazaret*'").ok().out()).isEmpty();
    }
  }

  private static void useAndStop(DebianRoot root, String folder) {
    List<String> command = new ArrayList<>(USER);
    command.addAll(List.of("env", "HOME=/home/dev", "/home/dev/" + folder + "/bin/mirror-server"));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--upstream", "/srv/crates"));
    command.addAll(List.of("--data-dir", "/home/dev/gate"));
    try (PackagedGate gate =
        PackagedGate.start(Map.of(), root.command(command.toArray(String[]::new)))) {
      ProgramResult built =
          user(
              root,
              """
              rm -rf .cargo project/target
              export LAZARET_DATA_DIR=/home/dev/gate
              %1$s/bin/vetting-cli cargo-config --home >/dev/null
              cd project && cargo build 2>&1
              """
                  .formatted("/home/dev/" + folder));
      assertThat(built.ok().out()).contains("Finished");
      assertThat(gate.stop()).isTrue();
    }
  }

  private static ProgramResult user(DebianRoot root, String line) {
    List<String> command = new ArrayList<>(USER);
    command.addAll(List.of("env", "HOME=/home/dev", "sh", "-ec", "cd /home/dev; " + line));
    return root.run(command.toArray(String[]::new));
  }
}
