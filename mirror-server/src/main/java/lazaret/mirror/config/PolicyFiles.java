package lazaret.mirror.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.file.PolicyReader;
import lazaret.vetting.policy.file.PolicyText;
import org.jspecify.annotations.Nullable;

/// Reads a policy file from disk, and the `deny.toml` that it names.
public final class PolicyFiles {
  private PolicyFiles() {}

  /// Reads both.
  ///
  /// @throws IOException if the policy file cannot be read; that the other one cannot is for
  ///   [PolicyReader] to tell
  public static PolicyText read(Path file) throws IOException {
    Bytes policy = bytes(file);
    String named = PolicyText.denyFile(policy);
    return new PolicyText(policy, named == null ? null : deny(file.resolveSibling(named)));
  }

  private static @Nullable Bytes deny(Path file) {
    try {
      return bytes(file);
    } catch (IOException _) {
      return null;
    }
  }

  /// Reads one file.
  ///
  /// @throws IOException if it cannot be read or is longer than any policy, with a reason to show
  public static Bytes bytes(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(PolicyReader.MAX_BYTES + 1);
      if (bytes.length > PolicyReader.MAX_BYTES) {
        throw new IOException("it is larger than 1 MiB");
      }
      return Bytes.of(bytes);
    } catch (NoSuchFileException e) {
      throw new IOException("there is none", e);
    }
  }
}
