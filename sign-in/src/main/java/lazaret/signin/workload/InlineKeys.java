package lazaret.signin.workload;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.signin.IssuerKeys;
import lazaret.signin.IssuerUnavailableException;
import lazaret.signin.KeySetReader;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The keys of an issuer in a local file, for a network without a connection to the issuer. The
/// file is a JSON Web Key Set (RFC 7517 section 5) within the limits of [KeySetReader]. It is read
/// again at the next use after 30 s, so that added keys verify and removed keys do not. The last
/// keys are kept while the file is faulty. Thread-safe.
public final class InlineKeys implements IssuerKeys {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger(InlineKeys.class.getName());

  private final Path file;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable JWKSet known;
  private Instant lastRead = Instant.MIN;

  /// Creates the keys of a file, which is read at the first use.
  ///
  /// @param file an absolute path
  public InlineKeys(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /// Checks that a file can be used.
  ///
  /// @throws IssuerUnavailableException if the file cannot be read, exceeds a limit of
  ///   [KeySetReader], is not a key set, or has no usable key
  public static void check(Path file) {
    var _ = read(file);
  }

  private static JWKSet read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte over the limit is enough for the refusal.
      byte[] document = in.readNBytes(KeySetReader.MAX_BYTES + 1);
      if (document.length > KeySetReader.MAX_BYTES) {
        throw new IssuerUnavailableException(
            "cannot read the keys of %s: expected at most %d bytes, found more; keep the keys for signatures only"
                .formatted(file, KeySetReader.MAX_BYTES));
      }
      return KeySetReader.parse(Bytes.of(document), file.toString());
    } catch (IOException e) {
      throw new IssuerUnavailableException(
          "cannot read the keys of %s: expected a readable file; copy the issuer's key set there"
              .formatted(file),
          e);
    }
  }

  @Override
  public JWKSet keys() {
    reading.lock();
    try {
      JWKSet keys = known;
      return keys == null || isDue() ? reread() : keys;
    } finally {
      reading.unlock();
    }
  }

  /// The id has no effect: the keys are at most 30 s old.
  @Override
  public JWKSet refreshed(String kid) {
    return keys();
  }

  private boolean isDue() {
    Instant now = clock.instant();
    // After a step of the clock into the past, a read is due as well.
    return now.isBefore(lastRead) || !now.isBefore(lastRead.plus(PAUSE));
  }

  private JWKSet reread() {
    lastRead = clock.instant();
    try {
      JWKSet keys = read(file);
      known = keys;
      return keys;
    } catch (IssuerUnavailableException e) {
      JWKSet keys = known;
      if (keys == null) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "{0}; the last good keys remain in use", e.getMessage());
      return keys;
    }
  }
}
