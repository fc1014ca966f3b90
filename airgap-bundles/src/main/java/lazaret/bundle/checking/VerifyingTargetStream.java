package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.HashingInputStream;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.crates.Sha256;

/// A target file that is hashed while it is read. A digest mismatch is reported in preference to
/// any parse error. Not thread-safe; the caller closes it.
public final class VerifyingTargetStream implements AutoCloseable {
  private final BundleCode damaged;
  private final String path;
  private final Metadata.TargetFile signed;
  private final HashingInputStream in;

  private VerifyingTargetStream(
      BundleCode damaged, String path, Metadata.TargetFile signed, HashingInputStream in) {
    this.damaged = damaged;
    this.path = path;
    this.signed = signed;
    this.in = in;
  }

  /// Opens a target.
  ///
  /// @param bundle the bundle
  /// @param path the path of the target in the metadata
  /// @param damaged the code of the refusal if the file differs from the signed one
  /// @param missing the code of the refusal if the file or its metadata is missing
  /// @throws BundleException `missing`, `medium-read-failed`
  public static VerifyingTargetStream open(
      BundleInspection bundle, String path, BundleCode damaged, BundleCode missing) {
    Metadata.TargetFile signed = bundle.target(path, missing);
    String place = BundleInspection.position(path, signed);
    if (!bundle.files().lengths().containsKey(place)) {
      throw new BundleException(
          missing, "cannot read '%s': it is missing; expected '%s'".formatted(path, place));
    }
    return new VerifyingTargetStream(
        damaged, path, signed, new HashingInputStream(bundle.files().open(place)));
  }

  /// Returns the bytes of the target. They are not verified before [#finish] has returned.
  public InputStream in() {
    return in;
  }

  /// Reads the remaining bytes, and compares length and digest with the signed ones.
  ///
  /// @throws BundleException `damaged`
  /// @throws IOException if the stream throws it
  public void finish() throws IOException {
    try (in) {
      in.skipNBytes(Math.max(0, signed.length() - in.length()));
      boolean longer = in.read() >= 0;
      Sha256 expected = BundleInspection.digest(signed);
      if (longer || !in.digest().equals(expected)) {
        throw new BundleException(
            damaged,
            "cannot use '%s': expected the signed %d bytes with sha256 %s"
                .formatted(path, signed.length(), expected));
      }
    } catch (java.io.EOFException e) {
      throw new BundleException(
          damaged,
          "cannot use '%s': expected %d bytes, found %d"
              .formatted(path, signed.length(), in.length()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// Returns the exception to throw after the reader of the target refused it: that of [#finish] if
  /// it fails, otherwise the given one.
  public BundleException instead(BundleException found) {
    try {
      finish();
      return found;
    } catch (BundleException e) {
      return e;
    } catch (IOException e) {
      return BundleFiles.failed(path, e);
    }
  }
}
