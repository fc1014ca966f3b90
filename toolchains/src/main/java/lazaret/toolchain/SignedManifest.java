package lazaret.toolchain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import lazaret.toolchain.manifest.ChannelManifest;
import lazaret.toolchain.manifest.ChannelManifestReader;
import lazaret.toolchain.signature.OpenPgpCheck;
import lazaret.toolchain.signature.PinnedKey;
import lazaret.toolchain.signature.PinnedKeys;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// A manifest whose digest and signature were checked. The gate outside checks what it fetched, the
/// gate inside checks again what a bundle brought.
///
/// @param content the manifest
/// @param sha256 its SHA-256
/// @param key the key that signed it
public record SignedManifest(ChannelManifest content, Sha256 sha256, PinnedKey key) {
  /// The time by which a manifest may be signed before its date.
  private static final Duration EARLY = Duration.ofDays(7);

  /// The files of a manifest.
  ///
  /// @param manifest the manifest
  /// @param digest the file `.sha256`, which begins with the SHA-256 of the manifest
  /// @param signature the file `.asc`
  public record Files(Bytes manifest, Bytes digest, Bytes signature) {}

  /// Checks the files of a manifest.
  ///
  /// @param keys the keys whose signatures are accepted
  /// @param now the present time
  /// @throws MalformedException if the digest differs, no pinned key signed the manifest, it was
  ///   signed long before its date, or it has another form
  public static SignedManifest verify(Files files, PinnedKeys keys, Instant now) {
    Sha256 found = Sha256.of(files.manifest());
    Sha256 stated = stated(files.digest());
    if (!found.equals(stated)) {
      throw new MalformedException(
          "cannot accept the manifest: expected the SHA-256 %s, found %s".formatted(stated, found));
    }
    OpenPgpCheck.Signed signed =
        new OpenPgpCheck(keys).verify(files.manifest(), files.signature(), now);
    ChannelManifest content = ChannelManifestReader.read(files.manifest());
    Instant date = content.date().atStartOfDay(ZoneOffset.UTC).toInstant();
    if (signed.at().isBefore(date.minus(EARLY))) {
      throw new MalformedException(
          "cannot accept the manifest of %s: it was signed on %s, long before"
              .formatted(content.date(), signed.at()));
    }
    return new SignedManifest(content, found, signed.key());
  }

  /// Returns the digest that a file `.sha256` states: rustup reads its first 64 characters.
  static Sha256 stated(Bytes file) {
    String text = file.text();
    return Sha256.parse(text.substring(0, Math.min(64, text.length())));
  }
}
