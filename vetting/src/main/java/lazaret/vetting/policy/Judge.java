package lazaret.vetting.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// The rules, in order; the first that matches decides, and what the later ones would add is
/// recorded where it helps the reader:
///
/// 1. a reviewer denied or revoked the version, or its archive is hostile: [Verdict.Deny];
/// 2. a reviewer approved these bytes: [Verdict.Allow];
/// 3. upstream names other bytes, the version is gone upstream, or it was published into a yank
///    wave: [Verdict.Review];
/// 4. only approvals count: [Verdict.Review];
/// 5. younger than its cooldown: [Verdict.Hold]; else [Verdict.Allow].
///
/// Stateless and thread-safe.
public final class Judge {
  private final Policy policy;

  /// Creates a judge for a policy.
  public Judge(Policy policy) {
    this.policy = policy;
  }

  /// Judges one version at a moment.
  public Verdict judge(Dossier dossier, Instant now) {
    Verdict hard = denied(dossier);
    if (hard != null) {
      return hard;
    }
    Decision standing = dossier.standing();
    boolean bound =
        standing != null && standing.id().cksum().equals(dossier.line().entry().cksum());
    if (standing != null && bound && standing.approvesAt(now)) {
      return new Verdict.Allow(List.of(new Reason(Code.APPROVED, approval(standing))));
    }
    List<Reason> expired =
        standing != null && bound && standing.kind() == Decision.Kind.APPROVE
            ? List.of(
                new Reason(Code.APPROVAL_EXPIRED, "the approval ran out at " + standing.expires()))
            : List.of();
    List<Reason> review = forReview(dossier, expired);
    return review.isEmpty() ? byAge(dossier, now, expired) : new Verdict.Review(review);
  }

  private static @Nullable Verdict denied(Dossier dossier) {
    Decision standing = dossier.standing();
    if (standing != null && standing.kind() != Decision.Kind.APPROVE) {
      Code code = standing.kind() == Decision.Kind.DENY ? Code.DENIED : Code.REVOKED;
      return new Verdict.Deny(
          List.of(
              new Reason(
                  code,
                  "%s on %s: %s".formatted(standing.by(), standing.at(), standing.reason()))));
    }
    Findings findings = dossier.findings();
    if (findings != null && !findings.conformant()) {
      return new Verdict.Deny(
          findings.problems().stream()
              .limit(8)
              .map(p -> new Reason(Code.ARCHIVE_NOT_CONFORMANT, p.toString()))
              .toList());
    }
    return null;
  }

  private List<Reason> forReview(Dossier dossier, List<Reason> expired) {
    List<Reason> reasons = new ArrayList<>();
    if (dossier.line().changedCksum() != null) {
      reasons.add(
          new Reason(
              Code.CKSUM_CHANGED,
              "upstream names sha256 %s now, %s is held"
                  .formatted(
                      dossier.line().changedCksum().hex(), dossier.line().entry().cksum().hex())));
    }
    if (dossier.line().goneSince() != null) {
      reasons.add(
          new Reason(Code.GONE_UPSTREAM, "gone upstream since " + dossier.line().goneSince()));
    }
    if (dossier.wave() == YankWave.Part.PUBLISHED) {
      reasons.add(new Reason(Code.YANK_WAVE, "published while good versions were being yanked"));
    }
    if (!policy.automatic()) {
      reasons.addAll(expired);
      reasons.add(
          new Reason(
              Code.NOT_APPROVED, "only approved versions are served and nobody approved this one"));
    }
    return reasons;
  }

  private Verdict byAge(Dossier dossier, Instant now, List<Reason> expired) {
    List<Reason> why = new ArrayList<>();
    Duration wait = policy.cooldown();
    Findings findings = dossier.findings();
    if (findings == null) {
      wait = policy.buildCooldown();
      why.add(
          new Reason(
              Code.NOT_INSPECTED,
              "not inspected yet, so it counts as if it ran code at build time"));
    } else if (findings.facts().buildScript() || findings.facts().procMacro()) {
      wait = policy.buildCooldown();
      why.add(
          new Reason(
              Code.BUILD_TIME_CODE,
              findings.facts().procMacro() ? "is a proc macro" : "has a build script"));
    }
    if (dossier.line().entry().pubtime() == null) {
      why.add(
          new Reason(
              Code.NO_PUBLISH_TIME,
              "no publish time, so its age counts from when it was first seen here"));
    }
    why.addAll(expired);
    Instant from = dossier.line().ageFrom();
    Instant until = from.plus(wait);
    if (now.isBefore(until)) {
      why.addFirst(new Reason(Code.COOLDOWN, "younger than %s".formatted(days(wait))));
      return new Verdict.Hold(until, why);
    }
    why.addFirst(new Reason(Code.AGED, "older than %s, checks clean".formatted(days(wait))));
    return new Verdict.Allow(why);
  }

  private static String approval(Decision standing) {
    String expiry = standing.expires() == null ? "" : ", until " + standing.expires();
    return "%s on %s%s: %s".formatted(standing.by(), standing.at(), expiry, standing.reason());
  }

  private static String days(Duration wait) {
    return wait.toHoursPart() == 0 && wait.toMinutesPart() == 0 && wait.toSecondsPart() == 0
        ? wait.toDays() + (wait.toDays() == 1 ? " day" : " days")
        : wait.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
