package lazaret.mirror.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.mirror.following.FollowStatus;
import lazaret.vetting.deskapi.store.FollowReply;
import lazaret.vetting.deskapi.store.HealthItemInfo;

/// The health of following the registry.
final class FollowHealth {
  private FollowHealth() {}

  /// Returns the health, or empty if no registry is followed.
  static Optional<HealthReport.Part> part(FollowStatus status, Instant now) {
    if (!status.follows()) {
      return Optional.empty();
    }
    boolean late = status.isLate(now);
    HealthItemInfo item =
        new HealthItemInfo(
            "following",
            late ? HealthItemInfo.State.WARNING : HealthItemInfo.State.OK,
            status.age(now).toMinutes(),
            "minutes",
            detail(status.reply()),
            late ? "run 'vetting-cli follow', which prints the cause" : null);
    List<String> degraded =
        late
            ? List.of(
                "releases of more than %d hours may be missing"
                    .formatted(FollowStatus.LATE.toHours()))
            : List.of();
    return Optional.of(new HealthReport.Part(item, degraded));
  }

  private static String detail(FollowReply reply) {
    Instant current = reply.currentUntil();
    StringBuilder detail = new StringBuilder();
    detail.append(
        current == null
            ? "known crates were not confirmed yet"
            : "known crates are current until " + current);
    if (reply.phase() != null) {
      detail.append("; ").append(reply.phase());
    }
    if (reply.trouble() != null) {
      detail.append("; ").append(reply.trouble());
    }
    return detail.toString();
  }
}
