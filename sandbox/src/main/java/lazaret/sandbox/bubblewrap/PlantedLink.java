package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// Tries the flaw GHSA-pxhw-h44j-8pfx on a bubblewrap, since distributions mend old versions, and a
/// version says little about what somebody built: a link in a writable folder that leads to
/// `/oldroot`, where the machine is while a sandbox is set up, and a folder to be made behind it.
final class PlantedLink {
  private static final String MADE = "made";

  private PlantedLink() {}

  /// Tells whether a set-up follows the link, and changes the machine.
  static boolean isFollowedBy(Path bwrap) {
    try (PrivateFolder folder = PrivateFolder.make()) {
      Path outside = folder.folder("outside");
      Path inside = folder.folder("inside");
      Files.createSymbolicLink(inside.resolve("door"), Path.of("/oldroot" + outside));
      run(bwrap, inside);
      return Files.exists(outside.resolve(MADE));
    } catch (IOException e) {
      throw new SandboxException(Kind.UNUSABLE, "cannot probe " + bwrap + ": " + e, e);
    }
  }

  /// The program named is not there: whether it would start does not matter.
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
