package lazaret.mirror.health;

import java.util.List;
import java.util.Optional;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;

/// The health of the certificate of a server with TLS.
final class CertificateHealth {
  private CertificateHealth() {}

  /// Returns the health, without a read of the files.
  static HealthReport.Part part(CertificateWatch watch) {
    Optional<String> trouble = watch.trouble();
    long days = watch.daysLeft();
    State state = trouble.isEmpty() ? State.OK : State.WARNING;
    return new HealthReport.Part(
        new HealthItemInfo(
            "certificate",
            days < 0 ? State.FAILED : state,
            days,
            "days",
            trouble.orElseGet(() -> "valid until " + watch.end()),
            trouble.isEmpty() ? null : "replace the files of [tls] with a valid pair"),
        trouble.map(List::of).orElse(List.of()));
  }
}
