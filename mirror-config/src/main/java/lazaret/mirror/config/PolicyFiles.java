package lazaret.mirror.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lazaret.vetting.Bytes;
import lazaret.vetting.policy.file.PolicyReader;

/// A reader of policy files, of files that are converted to policies, and of rules of retention.
public final class PolicyFiles {
  private PolicyFiles() {}

  /// Reads a file.
  ///
  /// @throws IOException if it cannot be read or is larger than 1 MiB, with a reason for people
  public static Bytes read(Path file) throws IOException {
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
