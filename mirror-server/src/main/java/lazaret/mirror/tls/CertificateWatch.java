package lazaret.mirror.tls;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A watch over the files of the certificate that puts a new pair of certificate and key in use for
/// new connections. A pair that cannot be used has no effect: the previous one stays in use, and
/// the log reports the rejection. Thread-safe.
public final class CertificateWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CertificateWatch.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(10);

  /// The time before the end of the validity from which health reports it.
  private static final Duration SOON = Duration.ofDays(14);

  private final MirrorConfig.Tls files;
  private final Clock clock;
  private final SSLContext context;
  private volatile ServerCertificate current;
  private volatile @Nullable String failure;
  private volatile @Nullable Thread thread;
  // guarded by this
  private @Nullable String suspected;
  // guarded by this
  private @Nullable String reported;

  private CertificateWatch(MirrorConfig.Tls files, Clock clock, ServerCertificate first) {
    this.files = files;
    this.clock = clock;
    this.current = first;
    this.context = CurrentTls.of(() -> current.context());
  }

  /// Loads certificate and key. A certificate that is not valid now is used, with a line in the
  /// log, because a server with it is of more use than none.
  ///
  /// @throws ConfigException if a file cannot be read or the two do not belong together
  public static CertificateWatch open(MirrorConfig.Tls files, Clock clock) {
    ServerCertificate first;
    try {
      first = ServerCertificate.of(CertificateFiles.read(files));
    } catch (IOException e) {
      throw mistake(files, "cannot read " + e.getMessage());
    } catch (MalformedException e) {
      throw mistake(files, String.valueOf(e.getMessage()));
    }
    try {
      first.validAt(clock.instant());
    } catch (MalformedException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "clients will refuse the certificate {0}: {1}",
          files.certificate(),
          e.getMessage());
    }
    return new CertificateWatch(files, clock, first);
  }

  private static ConfigException mistake(MirrorConfig.Tls files, String why) {
    return new ConfigException(
        List.of(
            new ConfigMistake(new ConfigOrigin.Option("tls.certificate"), unusable(files, why))));
  }

  private static String unusable(MirrorConfig.Tls files, String why) {
    return "cannot use %s with %s: %s".formatted(files.certificate(), files.key(), why);
  }

  /// Returns the TLS context of the server, which has the current certificate for each new
  /// connection.
  public SSLContext context() {
    return context;
  }

  /// Returns the end of the validity of the certificate that is in use.
  public Instant end() {
    return current.end();
  }

  /// Returns the whole days until the end of the validity; negative after it.
  public long daysLeft() {
    return Math.floorDiv(
        Duration.between(clock.instant(), end()).toSeconds(), Duration.ofDays(1).toSeconds());
  }

  /// Returns the reason why the files cannot be used, in one clause without a path; empty if the
  /// pair of the files is in use.
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /// Returns the state of the certificate that people must act on, in one clause without a path;
  /// empty if there is none.
  public Optional<String> trouble() {
    String why = failure;
    if (why != null) {
      return Optional.of(
          "the files of the certificate cannot be used (%s); the previous one is valid until %s"
              .formatted(why, end()));
    }
    Duration left = Duration.between(clock.instant(), end());
    if (left.isNegative()) {
      return Optional.of("the certificate ended at " + end());
    }
    return left.compareTo(SOON) < 0
        ? Optional.of("the certificate ends in %d days, at %s".formatted(daysLeft(), end()))
        : Optional.empty();
  }

  /// Starts looking for changes in the background.
  public void start() {
    thread = Thread.ofVirtual().name("certificate").start(this::watch);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks for a change once. Files that cannot be used are rejected when they are the same at the
  /// next look, because programs write the two one after the other.
  public synchronized void look() {
    String state = "unreadable";
    try {
      CertificateFiles found = CertificateFiles.read(files);
      state = found.digest();
      if (!state.equals(current.digest())) {
        use(ServerCertificate.of(found).validAt(clock.instant()));
      }
      failure = null;
      suspected = null;
      reported = null;
    } catch (IOException e) {
      rejected(state, "a file cannot be read", e);
    } catch (MalformedException e) {
      rejected(state, String.valueOf(e.getMessage()), e);
    }
  }

  private void use(ServerCertificate next) {
    current = next;
    LOG.log(
        System.Logger.Level.INFO,
        "the certificate of {0} with the serial number {1} is in use, valid until {2}",
        files.certificate(),
        next.serial(),
        next.end());
  }

  /// Records that the files cannot be used.
  ///
  /// @param state the digest of the files
  /// @param why the reason in one clause without a path
  private void rejected(String state, String why, Exception e) {
    if (!state.equals(suspected)) {
      suspected = state;
      return;
    }
    failure = why;
    if (!state.equals(reported)) {
      reported = state;
      LOG.log(
          System.Logger.Level.WARNING,
          "certificate not replaced, the previous one stays in use until {0}: {1}",
          end(),
          unusable(files, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
