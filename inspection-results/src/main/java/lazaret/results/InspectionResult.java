package lazaret.results;

import java.util.Arrays;
import lazaret.storage.record.FindingsCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.SignalCode;
import org.jspecify.annotations.Nullable;

/// The findings of an inspection of one artifact, in a form that travels.
///
/// @param id the version with the SHA-256 of its archive
/// @param line the digest of the index line with which the manifest was compared; null if it was
///   compared with none
/// @param findings the stored form of the findings, see [FindingsCodec]
public record InspectionResult(CrateId id, @Nullable Sha256 line, Bytes findings) {
  /// The largest form of findings that travels, in bytes. The forms of nearly all crates have less
  /// than a tenth of it.
  public static final int MAX_BYTES = 48 << 10;

  /// Returns the result with some findings.
  public static InspectionResult of(CrateId id, @Nullable Sha256 line, Findings findings) {
    return new InspectionResult(id, line, Bytes.of(FindingsCodec.encode(findings)));
  }

  /// Returns whether findings may travel. Those of a hostile archive do not: its bytes are not
  /// kept, so that a wrong result could not be corrected. An inspection that ran out of time would
  /// find something else on another machine.
  public static boolean travels(Findings findings) {
    return findings.conformant()
        && findings.current()
        && findings.signals().stream().noneMatch(s -> s.code() == SignalCode.TOO_SLOW);
  }

  /// Reads the findings.
  ///
  /// @throws MalformedException if the form is not the one that this program writes, is about other
  ///   bytes, or may not travel
  public Findings read() {
    if (findings.length() > MAX_BYTES) {
      throw malformed("expected at most %d bytes".formatted(MAX_BYTES), null);
    }
    Findings read;
    try {
      read =
          FindingsCodec.decode(findings.array())
              .orElseThrow(() -> malformed("another inspector made them", null));
    } catch (StoreException e) {
      throw malformed("their form is damaged", e);
    }
    if (!read.sha256().equals(id.cksum())) {
      throw malformed("they are about other bytes", null);
    }
    if (!travels(read)) {
      throw malformed("they are of another inspector, or of a hostile archive", null);
    }
    if (!Arrays.equals(FindingsCodec.encode(read), findings.array())) {
      throw malformed("their form is not the usual one", null);
    }
    return read;
  }

  private MalformedException malformed(String why, @Nullable Throwable cause) {
    return new MalformedException("cannot read the findings of %s: %s".formatted(id, why), cause);
  }
}
