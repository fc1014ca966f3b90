package lazaret.bundle.ceremony;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.DecisionKey;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// A file with public keys for a ceremony: `NAME.pub.json` of an officer, or `decisions.pub.json`.
///
/// @param name the name of the file, for the transcript
/// @param digest the SHA-256 of the file
/// @param officer the pair of an officer, or empty
/// @param decisions the decision key of a gate, or empty
public record CeremonyInput(
    String name, Sha256 digest, Optional<PublicPair> officer, Optional<TufKey> decisions) {
  private static final int LONGEST = 64 << 10;

  /// Reads a file.
  ///
  /// @throws BundleException `key-unusable` if it cannot be read, `key-malformed` or
  ///   `metadata-malformed` if it is not such a file
  public static CeremonyInput read(Path file) {
    return parse(whole(file), String.valueOf(file.getFileName()));
  }

  /// Reads a file that states what the inside accepts besides, the value of `x-lazaret-site`.
  ///
  /// @throws BundleException as [#read]
  public static SiteTrust site(Path file) {
    return SiteTrust.parse(whole(file), String.valueOf(file.getFileName()));
  }

  private static Bytes whole(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new BundleException(
            BundleCode.KEY_MALFORMED,
            "cannot read %s: more than %d bytes".formatted(file, LONGEST));
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE, "cannot read the public keys in " + file + ": " + e, e);
    }
  }

  /// Parses a file.
  ///
  /// @param file the content
  /// @param name the name of the file
  /// @throws BundleException `key-malformed` or `metadata-malformed`
  public static CeremonyInput parse(Bytes file, String name) {
    boolean decides = file.text().contains("\"" + DecisionKey.FORMAT + "\"");
    return new CeremonyInput(
        Excerpt.of(name),
        Sha256.of(file),
        decides ? Optional.empty() : Optional.of(PublicPair.parse(file, name)),
        decides ? Optional.of(DecisionKey.parse(file, name).key()) : Optional.empty());
  }
}
