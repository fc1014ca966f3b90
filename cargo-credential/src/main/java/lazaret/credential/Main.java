package lazaret.credential;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// The program that cargo starts: `vetting-cli cargo-credential` on a class path of one jar.
public final class Main {
  private Main() {}

  /// Runs the command and ends the process with its exit code.
  public static void main(String[] words) {
    String home = System.getenv("HOME");
    CredentialCommand.Surroundings around =
        new CredentialCommand.Surroundings(
            System.getenv(),
            home == null || !home.startsWith("/") ? null : Path.of(home),
            new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
            System.out,
            System.err,
            Clock.systemUTC());
    int code = CredentialCommand.run(around, List.of(words));
    // halt instead of exit: exit searches for a logging provider. No work is left here.
    Runtime.getRuntime().halt(code);
  }
}
