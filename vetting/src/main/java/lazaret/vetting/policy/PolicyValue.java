package lazaret.vetting.policy;

import java.util.Arrays;
import java.util.Collection;
import lazaret.vetting.advisory.FeedLimits;

/// The value of a policy as one text, which two policies share exactly when they are equal.
///
/// Written by hand because it is needed at each start: the texts that records have by themselves
/// are put together by code that the JVM makes anew in each process, at the cost of a tenth of a
/// start. The pattern names every component, so that one that is added later does not compile
/// before it is here as well.
final class PolicyValue {
  private PolicyValue() {}

  static String of(Policy policy) {
    StringBuilder text = new StringBuilder(1_024);
    if (policy
        instanceof
        Policy(
            var mode,
            Policy.Waiting(
                var automatic,
                var cooldown,
                var buildCooldown,
                var fastLane,
                var ageFrom),
            AdvisoryRules(
                AdvisoryRules.Severities(
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
                AdvisoryRules.Feeds(FeedLimits(var warn, var stop), var approvedToo)),
            SignalRules(var high, var review, var note, var signals),
            TakeoverRules(var takeover, var takeovers),
            ManifestRules(var licences, var bans, var crates, var buildScripts),
            EvidenceRules(
                var violation,
                var criteria,
                var audited,
                var secondPerson,
                var exemption,
                var longest),
            SourceRules(
                var registries,
                var git,
                var prefixes,
                var organisations,
                var otherRegistries,
                var otherGit,
                var pinned),
            var overrides)) {
      add(text, mode, automatic, cooldown, buildCooldown, fastLane, ageFrom);
      add(text, critical, severe, medium, low, unknown, scores, unsound, unmaintained, notice);
      add(text, yanked, warn, stop, approvedToo, high, review, note, signals);
      add(text, takeover, takeovers, licences, bans, crates, buildScripts);
      add(text, violation, criteria, audited, secondPerson, exemption, longest);
      add(text, registries, git, prefixes, organisations, otherRegistries, otherGit, pinned);
      add(text, overrides);
    }
    return text.toString();
  }

  /// Each with its length before it, so that no value can pass for two.
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
