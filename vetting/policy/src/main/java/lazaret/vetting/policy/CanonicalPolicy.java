package lazaret.vetting.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.review.ContentRole;

/// The canonical text of a policy; two policies have the same text exactly if they are equal.
///
/// It is written by hand because it is needed at each start. The JVM generates the text methods of
/// records in each process, which takes a tenth of a start. The pattern names every component, so
/// that a new component does not compile until it is added here.
final class CanonicalPolicy {
  private CanonicalPolicy() {}

  static String of(Policy policy) {
    StringBuilder text = new StringBuilder(1_024);
    if (policy
        instanceof
        Policy(
            var mode,
            Policy.Cooldowns(
                var automatic,
                var cooldown,
                var buildCooldown,
                var fastLane,
                var ageFrom),
            AdvisoryPolicy(
                AdvisoryPolicy.Severities(
                    var critical,
                    var severe,
                    var medium,
                    var low,
                    var unknown),
                var scores,
                var unsound,
                var unmaintained,
                var notice,
                var yanked,
                AdvisoryPolicy.FeedAges(FeedAgeLimits(var warn, var stop), var approvedToo)),
            SignalPolicy(var high, var review, var note, var signals),
            TakeoverPolicy(var takeover, var takeovers),
            ManifestPolicy(var licenses, var bans, var crates, var buildScripts),
            EvidencePolicy(
                var violation,
                var criteria,
                var audited,
                var secondPerson,
                var exemption,
                var longest,
                ApproverPolicy(var minRead, var requesterMayApprove)),
            SourcePolicy(
                var registries,
                var git,
                var prefixes,
                var organizations,
                var otherRegistries,
                var otherGit,
                var pinned),
            var overrides,
            var privateCrates)) {
      add(text, mode, automatic, cooldown, buildCooldown, fastLane, ageFrom);
      add(text, critical, severe, medium, low, unknown, scores, unsound, unmaintained, notice);
      add(text, yanked, warn, stop, approvedToo, high, review, note, signals);
      add(text, takeover, takeovers, licenses, bans, crates, buildScripts);
      add(text, violation, criteria, audited, secondPerson, exemption, longest);
      add(text, registries, git, prefixes, organizations, otherRegistries, otherGit, pinned);
      add(text, overrides);
      addLater(text, minRead, requesterMayApprove);
      addLater(text, privateCrates);
    }
    return text.toString();
  }

  /// Appends values that were added later. A policy without them keeps the text that it had before.
  private static void addLater(
      StringBuilder text, Map<ContentRole, Integer> minRead, boolean requesterMayApprove) {
    if (!minRead.isEmpty() || !requesterMayApprove) {
      add(text, minRead, requesterMayApprove);
    }
  }

  private static void addLater(StringBuilder text, PrivatePolicy rules) {
    if (rules instanceof PrivatePolicy(var hold, var cooldown, var similarNames, var selfApproval)
        && !rules.equals(PrivatePolicy.DEFAULT)) {
      add(text, hold, cooldown, similarNames, selfApproval);
    }
  }

  /// Appends values, each with its length, so that one value cannot equal two others.
  private static void add(StringBuilder text, Object... values) {
    for (Object value : Arrays.asList(values)) {
      if (value instanceof Collection<?> list) {
        text.append(list.size()).append('*');
        list.forEach(one -> add(text, one));
      } else {
        String one = String.valueOf(value);
        text.append(one.length()).append(':').append(one);
      }
    }
  }
}
