package lazaret.mirror.health;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;

/// The health of the upstream.
final class UpstreamHealth {
  private UpstreamHealth() {}

  /// Returns the health; empty if the server serves snapshots without a problem of the upstream.
  ///
  /// @param imports whether the server serves imported snapshots
  static Optional<HealthReport.Part> part(UpstreamMeters upstream, BooleanSupplier imports) {
    Optional<String> trouble = upstream.trouble();
    if (trouble.isEmpty() && imports.getAsBoolean()) {
      return Optional.empty();
    }
    boolean suspended = Arrays.stream(UpstreamOrigin.values()).anyMatch(upstream::circuitOpen);
    long failures =
        Arrays.stream(FailureKind.values())
            .filter(FailureKind::attempted)
            .mapToLong(upstream::failures)
            .sum();
    String detail =
        trouble.orElse(
            suspended
                ? "requests to upstream are suspended, because several in a row failed"
                : "requests are sent; failures are counted since the start");
    boolean failed = suspended || trouble.isPresent();
    return Optional.of(
        new HealthReport.Part(
            new HealthItemInfo(
                "upstream",
                failed ? State.FAILED : State.OK,
                failures,
                "failures",
                detail,
                failed ? "check the network and [fetch]; stored versions are served" : null),
            failed ? List.of(detail) : List.of()));
  }
}
