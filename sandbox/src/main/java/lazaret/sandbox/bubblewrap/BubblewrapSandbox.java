package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.OutputStream;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.Sandbox;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxReport;

/// The sandbox based on bubblewrap and the seccomp filter of this program. Immutable and
/// thread-safe.
public final class BubblewrapSandbox implements Sandbox {
  private final Bubblewrap bubblewrap;
  private final CpuArchitecture architecture;

  private BubblewrapSandbox(Bubblewrap bubblewrap, CpuArchitecture architecture) {
    this.bubblewrap = bubblewrap;
    this.architecture = architecture;
  }

  /// Returns the sandbox of this machine.
  ///
  /// @param path the folders with bubblewrap, in the format of the environment variable PATH
  /// @throws SandboxException if this machine does not support it; the message states the remedy
  public static BubblewrapSandbox of(String path) {
    String name = System.getProperty("os.arch");
    CpuArchitecture architecture =
        CpuArchitecture.of(name)
            .orElseThrow(
                () ->
                    new SandboxException(
                        Kind.UNUSABLE,
                        "no table of system calls for the architecture '"
                            + name
                            + "': build on x86-64"));
    return new BubblewrapSandbox(Bubblewrap.find(path), architecture);
  }

  @Override
  public SandboxReport run(SandboxPolicy policy, OutputStream out, OutputStream err) {
    CheckedFolders checked = CheckedFolders.of(policy.folders());
    try (RunFolder folder = RunFolder.make()) {
      return new SandboxRun(bubblewrap, architecture, policy, checked, folder).toItsEnd(out, err);
    } catch (IOException e) {
      throw new SandboxException(Kind.FAILED, "cannot set up the sandbox: " + e, e);
    }
  }
}
