package lazaret.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.DecisionKey;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A key whose results are used.
///
/// @param key the public key
/// @param until the time from which its results are not used; null for no limit other than their
///   age
public record ResultKey(TufKey key, @Nullable Instant until) {
  private static final int MAX_FILE = 64 << 10;

  /// Reads the public files of a folder, by name.
  ///
  /// @throws BundleException `key-unusable` if the folder or a file cannot be read, `key-malformed`
  ///   or `metadata-malformed` if a file is not a key
  public static List<ResultKey> readAll(Path folder) {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(KeyFile.PUBLIC_SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    return files.stream().map(ResultKey::read).toList();
  }

  private static BundleException unusable(Path file, IOException e) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE,
        "cannot read keys of inspection results from '%s': %s".formatted(file, e.getMessage()),
        e);
  }

  /// Reads the public file of a key, as `vetting-cli keys` writes it for decisions, or for an
  /// officer. Results count with the classical key of an officer, which a hardware module may have.
  ///
  /// @throws BundleException `key-unusable` if the file cannot be read, `key-malformed` or
  ///   `metadata-malformed` if it is not a key
  public static ResultKey read(Path file) {
    byte[] content;
    try (var in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_FILE);
    } catch (IOException e) {
      throw unusable(file, e);
    }
    return new ResultKey(key(Bytes.of(content), String.valueOf(file)), null);
  }

  private static TufKey key(Bytes content, String file) {
    JsonFields fields = JsonFields.of(JsonTreeReader.read(content, file), file);
    return fields.text("format").equals(PublicPair.FORMAT)
        ? PublicPair.parse(content, file).classical()
        : DecisionKey.parse(content, file).key();
  }

  /// Returns the id of the key: the SHA-256 of its bytes, which no other text form changes.
  public Sha256 id() {
    return id(key);
  }

  /// Returns the id of a key.
  static Sha256 id(TufKey key) {
    return Sha256.of(key.keyBytes());
  }

  /// Returns whether a result of a time may be used now.
  boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }
}
