package lazaret.bundle.checking;

import java.io.IOException;
import java.io.InputStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.HashedInput;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.crates.Sha256;

/// A target while it is read: its reader may find something wrong first, but what is wrong is that
/// it is not the file that was signed, where it is not. Not thread-safe; to be closed.
public final class SignedStream implements AutoCloseable {
  private final BundleCode damaged;
  private final String path;
  private final Metadata.TargetFile signed;
  private final HashedInput in;

  private SignedStream(
      BundleCode damaged, String path, Metadata.TargetFile signed, HashedInput in) {
    this.damaged = damaged;
    this.path = path;
    this.signed = signed;
    this.in = in;
  }

  /// Opens a target.
  ///
  /// @param path by the name that the metadata has for it
  /// @param damaged the code where it is not what was signed
  /// @param missing the code where it is not there
  /// @throws BundleException `missing`, `medium-read-failed`
  public static SignedStream open(
      Inspection bundle, String path, BundleCode damaged, BundleCode missing) {
    Metadata.TargetFile signed = bundle.target(path, missing);
    String place = Inspection.place(path, signed);
    if (!bundle.files().lengths().containsKey(place)) {
      throw new BundleException(
          missing, "cannot read '%s': it is not there; expected '%s'".formatted(path, place));
    }
    return new SignedStream(damaged, path, signed, new HashedInput(bundle.files().open(place)));
  }

  /// Returns the target's bytes, which nobody vouches for before [#finish].
  public InputStream in() {
    return in;
  }

  /// Reads what is left, and holds the whole against what was signed.
  ///
  /// @throws BundleException `damaged`
  /// @throws IOException as the stream throws it
  public void finish() throws IOException {
    try (in) {
      in.skipNBytes(Math.max(0, signed.length() - in.length()));
      boolean longer = in.read() >= 0;
      Sha256 expected = Inspection.digest(signed);
      if (longer || !in.digest().equals(expected)) {
        throw new BundleException(
            damaged,
            "cannot use '%s': it is not the %d bytes with sha256 %s that are signed"
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

  /// Returns what to refuse the target with, after its reader refused it.
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
