package lazaret.sandbox.bubblewrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.sandbox.Sandbox;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxLimits;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxPolicy.Access;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.SandboxPolicy.Project;
import lazaret.sandbox.SandboxReport;

/// A project and its surroundings in a temporary folder, on which commands run in the sandbox. The
/// toolchain is a substitute, because no test of this module compiles Rust.
record BuildFolder(Path folder, Sandbox sandbox) {
  static BuildFolder in(Path folder) throws IOException {
    for (String part : List.of("project", "toolchain/bin", "secret")) {
      Files.createDirectories(folder.resolve(part));
    }
    return new BuildFolder(folder, found());
  }

  private static Sandbox found() {
    try {
      return BubblewrapSandbox.of(System.getenv("PATH"));
    } catch (SandboxException e) {
      assumeTrue(false, "no sandbox on this machine: " + e.getMessage());
      throw e;
    }
  }

  Path project() {
    return folder.resolve("project");
  }

  Path target() {
    return folder.resolve("out");
  }

  Folders folders() {
    return new Folders(
        Project.of(project()),
        target(),
        folder.resolve("toolchain"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new OffLimits(List.of(folder.resolve("secret")), "lazaret-store"));
  }

  SandboxPolicy policy(String script) {
    return new SandboxPolicy(
        List.of("sh", "-c", script), Access.USUAL, folders(), Map.of(), SandboxLimits.USUAL);
  }

  Run run(String script) {
    return run(policy(script));
  }

  Run run(SandboxPolicy policy) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    SandboxReport report = sandbox.run(policy, out, err);
    return new Run(
        report, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  record Run(SandboxReport report, String out, String err) {}
}
