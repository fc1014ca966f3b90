package lazaret.mirror.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.MirrorConfig;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a certificate that change under a server.
class CertificateWatchTest {
  @TempDir static Path stores;

  private static MadeCertificate first;
  private static MadeCertificate second;
  private static MadeCertificate rsa;
  private static MadeCertificate ended;

  @TempDir Path folder;
  private MirrorConfig.Tls files;
  private final ManualClock clock = new ManualClock(Clock.systemUTC().instant());

  @BeforeAll
  static void make() {
    first = MadeCertificate.of(stores, "-keyalg EC -validity 100");
    second = MadeCertificate.of(stores, "-keyalg EC -validity 200");
    rsa = MadeCertificate.of(stores, "-keyalg RSA -keysize 2048 -validity 300");
    ended = MadeCertificate.of(stores, "-keyalg EC -startdate -10d -validity 5");
  }

  @BeforeEach
  void write() throws Exception {
    files = new MirrorConfig.Tls(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    first.writeTo(files);
  }

  private CertificateWatch open() {
    return CertificateWatch.open(files, clock);
  }

  private static Instant end(MadeCertificate made) {
    return made.certificate().getNotAfter().toInstant();
  }

  private static void looks(CertificateWatch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  @Test
  void newPairIsUsedAtTheNextLook() throws Exception {
    CertificateWatch watch = open();
    assertThat(watch.end()).isEqualTo(end(first));

    second.writeTo(files);
    watch.look();

    assertThat(watch.end()).isEqualTo(end(second));
    assertThat(watch.failure()).isEmpty();
    rsa.writeTo(files);
    watch.look();
    assertThat(watch.end()).isEqualTo(end(rsa));
  }

  /// A session of the context before would keep its certificate.
  @Test
  void newPairHasSessionsOfItsOwn() throws Exception {
    CertificateWatch watch = open();
    SSLContext context = watch.context();
    var before = context.getServerSessionContext();
    watch.look();
    assertThat(context.getServerSessionContext()).isSameAs(before);

    second.writeTo(files);
    watch.look();

    assertThat(context.getServerSessionContext()).isNotSameAs(before);
  }

  @Test
  void unchangedContentWithANewTimeIsNotReplaced() throws Exception {
    CertificateWatch watch = open();
    var before = watch.context().getServerSessionContext();

    first.writeTo(files);
    looks(watch, 3);

    assertThat(watch.context().getServerSessionContext()).isSameAs(before);
  }

  @Test
  void keyOfAnotherCertificateIsRefusedAtTheSecondLook() throws Exception {
    CertificateWatch watch = open();
    Files.writeString(files.certificate(), second.certificatePem());

    watch.look();
    assertThat(watch.failure()).isEmpty();
    watch.look();

    assertThat(watch.end()).isEqualTo(end(first));
    assertThat(watch.failure())
        .contains("expected the key of the first certificate, found another key");
    assertThat(watch.trouble())
        .contains(
            "the files of the certificate cannot be used (expected the key of the first"
                + " certificate, found another key); the previous one is valid until "
                + end(first));
  }

  @Test
  void keyOfAnotherAlgorithmIsRefused() throws Exception {
    CertificateWatch watch = open();
    Files.writeString(files.key(), rsa.keyPem());

    looks(watch, 2);

    assertThat(watch.failure())
        .contains("expected the key of the first certificate, found another key");
  }

  @Test
  void chainWithARepeatedCertificateIsRefused() throws Exception {
    CertificateWatch watch = open();
    Files.writeString(files.key(), second.keyPem());
    Files.writeString(files.certificate(), second.certificatePem() + second.certificatePem());

    looks(watch, 2);

    assertThat(watch.end()).isEqualTo(end(first));
    assertThat(watch.failure())
        .contains(
            "expected a chain in which each certificate is followed by that of its issuer, found"
                + " another one");
    second.writeTo(files);
    watch.look();
    assertThat(watch.end()).isEqualTo(end(second));
  }

  @Test
  void pairThatIsWrittenInTwoStepsIsNotReported() throws Exception {
    CertificateWatch watch = open();
    Files.writeString(files.certificate(), second.certificatePem());
    watch.look();
    Files.writeString(files.key(), second.keyPem());
    watch.look();

    assertThat(watch.end()).isEqualTo(end(second));
    assertThat(watch.failure()).isEmpty();
  }

  @Test
  void endedCertificateIsRefused() throws Exception {
    CertificateWatch watch = open();
    ended.writeTo(files);

    looks(watch, 2);

    assertThat(watch.end()).isEqualTo(end(first));
    assertThat(watch.failure().orElseThrow())
        .startsWith("expected a certificate that is valid now, found one from ")
        .endsWith(" to " + end(ended));
  }

  @Test
  void certificateOfTheFutureIsUsedOnceItIsValid() throws Exception {
    CertificateWatch watch = open();
    MadeCertificate later = MadeCertificate.of(stores, "-keyalg EC -startdate +2d -validity 90");
    later.writeTo(files);
    looks(watch, 3);
    assertThat(watch.failure()).isPresent();

    clock.advance(Duration.ofDays(3));
    watch.look();

    assertThat(watch.end()).isEqualTo(end(later));
    assertThat(watch.failure()).isEmpty();
  }

  @Test
  void missingAndBrokenFilesLeaveThePairInUse() throws Exception {
    CertificateWatch watch = open();
    Files.delete(files.key());
    looks(watch, 2);
    assertThat(watch.failure()).contains("a file cannot be read");

    Files.writeString(files.key(), "no key");
    looks(watch, 2);
    assertThat(watch.failure().orElseThrow())
        .startsWith("expected PEM, the key in PKCS #8, found '");

    Files.writeString(files.key(), "x".repeat((1 << 20) + 1));
    looks(watch, 2);
    assertThat(watch.failure()).contains("a file cannot be read");
    assertThat(watch.end()).isEqualTo(end(first));
  }

  @Test
  void restoredFilesEndTheFailure() throws Exception {
    CertificateWatch watch = open();
    Files.writeString(files.key(), second.keyPem());
    looks(watch, 2);
    assertThat(watch.failure()).isPresent();

    first.writeTo(files);
    watch.look();

    assertThat(watch.failure()).isEmpty();
    assertThat(watch.trouble()).isEmpty();
  }

  @Test
  void daysLeftAreCountedDownAndReportedFromTwoWeeksOn() {
    CertificateWatch watch = open();
    assertThat(watch.daysLeft()).isEqualTo(99);
    assertThat(watch.trouble()).isEmpty();

    clock.advance(Duration.ofDays(87));
    assertThat(watch.daysLeft()).isEqualTo(12);
    assertThat(watch.trouble()).contains("the certificate ends in 12 days, at " + end(first));

    clock.advance(Duration.ofDays(14));
    assertThat(watch.daysLeft()).isEqualTo(-2);
    assertThat(watch.trouble()).contains("the certificate ended at " + end(first));
  }

  @Test
  void startWithAWrongPairIsAMistake() throws Exception {
    Files.writeString(files.key(), second.keyPem());

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.mistakes().getFirst().toString())
                    .contains(
                        "cannot use %s with %s: expected the key of the first certificate, found"
                            .formatted(files.certificate(), files.key())));
  }

  @Test
  void startWithAnEndedCertificateIsPossible() throws Exception {
    ended.writeTo(files);

    CertificateWatch watch = open();

    assertThat(watch.daysLeft()).isNegative();
    assertThat(watch.trouble()).contains("the certificate ended at " + end(ended));
  }

  @Test
  void textOfTheFilesDoesNotShowTheKey() throws Exception {
    CertificateFiles read = CertificateFiles.read(files);

    assertThat(read.toString()).matches("CertificateFiles\\[[0-9a-f]{64}]");
    assertThat(read.digest()).matches("[0-9a-f]{128}");
  }
}
