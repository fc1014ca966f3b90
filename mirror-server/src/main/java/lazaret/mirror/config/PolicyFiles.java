package lazaret.mirror.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.file.PolicyReader;
import lazaret.vetting.policy.file.PolicyText;
import org.jspecify.annotations.Nullable;

/// A reader of the policy file and of the files of other tools that it names.
public final class PolicyFiles {
  private PolicyFiles() {}

  /// Reads the policy file and the files that it names. [PolicyReader] reports a named file that
  /// cannot be read.
  ///
  /// @throws IOException if the policy file cannot be read
  public static PolicyText read(Path file) throws IOException {
    Bytes policy = bytes(file);
    return PolicyText.of(policy)
        .withDeny(named(file, PolicyText.denyFile(policy)))
        .withAudit(named(file, PolicyText.auditFile(policy)));
  }

  private static @Nullable Bytes named(Path policy, @Nullable String file) {
    try {
      return file == null ? null : bytes(policy.resolveSibling(file));
    } catch (IOException _) {
      return null;
    }
  }

  /// Reads one file.
  ///
  /// @throws IOException if it cannot be read or is larger than 1 MiB, with a reason for people
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
