package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// A probe of a bubblewrap for the vulnerability GHSA-pxhw-h44j-8pfx. The version is not
/// sufficient, because distributions patch old versions and users build their own. The probe plants
/// a link in a writable folder to `/oldroot`, where the root of the machine is during the setup,
/// and requests a folder behind the link.
final class SymlinkFlawProbe {
  private static final String MADE = "made";

  private SymlinkFlawProbe() {}

  /// Returns whether the setup follows the link and changes the machine.
  static boolean isFollowedBy(Path bwrap) {
    try (RunFolder folder = RunFolder.make()) {
      Path outside = folder.folder("outside");
      Path inside = folder.folder("inside");
      Files.createSymbolicLink(inside.resolve("door"), Path.of("/oldroot" + outside));
      run(bwrap, inside);
      return Files.exists(outside.resolve(MADE));
    } catch (IOException e) {
      throw new SandboxException(Kind.UNUSABLE, "cannot probe " + bwrap + ": " + e, e);
    }
  }

  /// Runs bubblewrap with a missing program. The setup happens before the program would start.
  private static void run(Path bwrap, Path inside) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                bwrap.toString(),
                "--unshare-user",
                "--unshare-pid",
                "--die-with-parent",
                "--bind",
                inside.toString(),
                "/d",
                "--dir",
                "/d/door/" + MADE,
                "--",
                "/nothing"));
    builder.environment().clear();
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new SandboxException(Kind.UNUSABLE, bwrap + " did not end within 10 seconds");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new SandboxException(Kind.FAILED, "interrupted while " + bwrap + " was probed", e);
    }
  }
}
