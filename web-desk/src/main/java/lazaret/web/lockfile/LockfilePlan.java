package lazaret.web.lockfile;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.RepairStepInfo;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import org.jspecify.annotations.Nullable;

/// The three ways in which a lockfile comes to pass: other versions, time, reviews.
///
/// @param commands the commands for cargo, one a line; empty if there are none
/// @param advice further steps as sentences
/// @param moved the number of versions that the commands move
/// @param repaired whether the steps repair every withheld package
/// @param young the number of packages that wait for time alone
/// @param until the end of the last hold; null if none waits
/// @param reviews the number of packages for which a person must decide
/// @param others the number of packages that neither time nor a review helps
public record LockfilePlan(
    String commands,
    List<String> advice,
    long moved,
    boolean repaired,
    long young,
    @Nullable Instant until,
    long reviews,
    long others) {
  public LockfilePlan {
    advice = List.copyOf(advice);
  }

  /// The ways, the cheapest first.
  public enum Kind {
    /// Served versions in place of the withheld ones.
    BUILD,
    /// Waiting for the end of the last hold.
    WAIT,
    /// Reviews of the withheld versions.
    REVIEW
  }

  /// Returns the ways of a checked lockfile.
  static LockfilePlan of(VerifyReply reply) {
    List<LockfilePackageInfo> open =
        reply.packages().stream().filter(each -> each.status() != PackageStatus.SERVED).toList();
    Set<String> repaired = new LinkedHashSet<>();
    reply.fixes().stream()
        .filter(each -> each.kind() != RepairStepInfo.Kind.NONE)
        .forEach(each -> repaired.addAll(each.repairs()));
    long young = count(open, VerdictInfo.Kind.HOLD);
    long reviews = count(open, VerdictInfo.Kind.REVIEW);
    return new LockfilePlan(
        String.join("\n", commands(reply)),
        reply.fixes().stream().filter(each -> !isCommand(each)).map(RepairStepInfo::text).toList(),
        repaired.size(),
        !open.isEmpty() && open.stream().allMatch(each -> repaired.contains(spec(each))),
        young,
        open.stream()
            .filter(each -> each.verdict() == VerdictInfo.Kind.HOLD && each.until() != null)
            .map(LockfilePackageInfo::until)
            .max(Comparator.naturalOrder())
            .orElse(null),
        reviews,
        open.size() - young - reviews);
  }

  private static String spec(LockfilePackageInfo found) {
    return found.name() + "@" + found.version().text();
  }

  private static long count(List<LockfilePackageInfo> open, VerdictInfo.Kind kind) {
    return open.stream()
        .filter(each -> each.status() == PackageStatus.WITHHELD && each.verdict() == kind)
        .count();
  }

  private static List<String> commands(VerifyReply reply) {
    return reply.fixes().stream()
        .filter(LockfilePlan::isCommand)
        .map(RepairStepInfo::text)
        .toList();
  }

  private static boolean isCommand(RepairStepInfo step) {
    return switch (step.kind()) {
      case UPDATE, PRECISE, LOWER -> true;
      case MANIFEST, NONE -> false;
    };
  }

  /// Returns the cheapest way that works alone; null if none does.
  public @Nullable Kind cheapest() {
    if (repaired && !commands.isEmpty()) {
      return Kind.BUILD;
    }
    if (young > 0 && reviews + others == 0) {
      return Kind.WAIT;
    }
    return reviews > 0 && others == 0 ? Kind.REVIEW : null;
  }

  /// Returns the class of the button of a way: one button of the page is the main one.
  public String style(Kind way) {
    return way == cheapest() ? "button go" : "button";
  }
}
