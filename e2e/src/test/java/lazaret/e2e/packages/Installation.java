package lazaret.e2e.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;

/// An installed Lazaret in a root of its own: started as its service would be, and used by cargo.
final class Installation {
  private static final String CONFIG = "/etc/lazaret/lazaret.toml";
  private static final String UNIT = "/usr/lib/systemd/system/lazaret.service";
  private static final String FIXED =
      "/usr/lib/lazaret/runtime/bin/java @/usr/lib/lazaret/gate.args --config " + CONFIG;

  private final DebianRoot root;

  Installation(DebianRoot root) {
    this.root = root;
  }

  /// Lays out an upstream and a project that needs a crate of it.
  static void lay(DebianRoot root) {
    assumeTrue(Machine.rust().isPresent(), "cargo is not installed");
    Crates.alphaAndBeta().writeTo(root.path("/srv/crates"));
    try {
      Path project = root.path("/root/project");
      Files.createDirectories(project.resolve("src"));
      Files.writeString(project.resolve("src/lib.rs"), "pub fn run() { alpha::touch(); }\n");
      Files.writeString(
          project.resolve("Cargo.toml"),
          """
          [package]
          name = "app"
          version = "0.1.0"
          edition = "2021"
          [dependencies]
          alpha = "1"
          """);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lay out the project", e);
    }
  }

  /// Changes the settings as an administrator does: the folder as upstream, and a free port.
  void configure() {
    String text = read(CONFIG);
    int port = Machine.freePort();
    String changed =
        text.replace("listen = \"127.0.0.1:7080\"", "listen = \"127.0.0.1:" + port + "\"")
            + "\nupstream = \"/srv/crates\"\n";
    try {
      Files.writeString(root.path(CONFIG), changed);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot change the settings", e);
    }
  }

  /// Returns the text of a file.
  String read(String path) {
    try {
      return Files.readString(root.path(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /// Starts the gate with the command of the unit, as its user.
  PackagedGate start() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setpriv", "--reuid=lazaret", "--regid=lazaret", "--clear-groups"));
    command.addAll(List.of("--no-new-privs", "--inh-caps=-all"));
    command.addAll(List.of("env", "ROCKSDB_MUSL_LIBC=false", "HOME=/var/lib/lazaret"));
    command.addAll(List.of(serviceCommand().split(" +", -1)));
    return PackagedGate.start(Map.of(), root.command(command.toArray(String[]::new)));
  }

  /// Returns the command of the unit, if the package has one.
  private String serviceCommand() {
    if (!Files.exists(root.path(UNIT))) {
      return FIXED;
    }
    return read(UNIT)
        .replace("\\\n", " ")
        .lines()
        .filter(line -> line.startsWith("ExecStart="))
        .map(line -> line.substring("ExecStart=".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /// Builds the project with a new home folder of cargo.
  ProgramResult build() {
    return root.shell(
        """
        rm -rf /root/.cargo /root/project/target
        export LAZARET_DATA_DIR=/var/lib/lazaret/data
        vetting-cli cargo-config --home >/dev/null
        cd /root/project
        cargo build 2>&1
        vetting-cli why alpha@1.2.0
        """);
  }

  /// Copies a package into the root and returns its path there.
  String bring(Path file) {
    String inside = "/root/" + file.getFileName();
    WorkFolder.delete(root.path(inside));
    try {
      Files.copy(file, root.path(inside));
      return inside;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + file, e);
    }
  }
}
