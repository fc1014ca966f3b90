package lazaret.vetting.policy.file;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.policy.AdvisoryPolicy;
import lazaret.vetting.policy.AdvisoryPolicy.FeedAges;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.file.DenyReader.Lint;
import org.jspecify.annotations.Nullable;

/// A reader of `[advisories]` of a `deny.toml`.
final class DenyAdvisories {
  private static final String FEEDS =
      "the gate's feeds are set in mirror.toml: [feeds] rustsec, osv, local";
  private static final String SEVERITY =
      "cargo-deny removed it; the policy file sets what vulnerabilities do: [advisories] critical,"
          + " high, medium, low, unknown, or score";
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?:(\\d{1,3})Y)?(?:(\\d{1,4})M)?(?:(\\d{1,4})W)?(?:(\\d{1,5})D)?"
              + "(?:T(?:(\\d{1,6})H)?(?:(\\d{1,8})M)?(?:(\\d{1,9})S)?)?");
  private static final double DAYS_OF_MONTH = 30.43;

  private final PolicyTable table;
  private final IgnoredAdvisories ignored;

  /// @param ignored receives the advisories and yanks that the file ignores
  DenyAdvisories(PolicyTable table, IgnoredAdvisories ignored) {
    this.table = table;
    this.ignored = ignored;
  }

  AdvisoryPolicy rules(AdvisoryPolicy before) {
    Double _ = table.number("version", 1, 2);
    List.of("db-path", "db-urls", "db-url", "git-fetch-with-cli")
        .forEach(key -> table.refuse(key, FEEDS));
    List.of("vulnerability", "severity-threshold").forEach(key -> table.refuse(key, SEVERITY));
    table.refuse(
        "notice", "cargo-deny removed it; the policy file has it: [advisories] notice = \"warn\"");
    table.refuse("disable-yank-checking", "write yanked = \"allow\"");
    table.refuse("unused-ignored-advisory", DenyReader.LINT);
    AdvisoryPolicy rules =
        new AdvisoryPolicy(
            before.vulnerabilities(),
            before.scores(),
            scope("unsound", before.unsound()),
            scope("unmaintained", before.unmaintained()),
            before.notice(),
            table.has("yanked")
                ? table.word("yanked", Lint.class, Lint.WARN).level()
                : before.yanked(),
            feeds(before.feeds()));
    table
        .items("ignore", "ids of advisories, and crates whose yank is ignored", DenyAdvisories::key)
        .forEach(this::ignore);
    table.done();
    return rules;
  }

  private enum Scope {
    ALL,
    WORKSPACE,
    TRANSITIVE,
    NONE
  }

  private PolicyLevel scope(String key, PolicyLevel before) {
    if (!table.has(key)) {
      return table.level(key, before);
    }
    return switch (table.word(key, Scope.class, Scope.ALL)) {
      case ALL -> PolicyLevel.REVIEW;
      case NONE -> PolicyLevel.ALLOW;
      case WORKSPACE, TRANSITIVE -> {
        table.mistakeAt(
            key,
            "'advisories.%s' can be all or none here: the gate does not know what a workspace depends on directly; leave the rest to cargo-deny in CI"
                .formatted(key));
        yield before;
      }
    };
  }

  private FeedAges feeds(FeedAges before) {
    Duration stop =
        table.value(
            "maximum-db-staleness",
            "a duration like \"P90D\"",
            PolicyValues.ofText(DenyAdvisories::duration),
            null);
    if (stop == null) {
      return before;
    }
    Duration warn = before.limits().warn();
    return new FeedAges(
        new FeedAgeLimits(warn.compareTo(stop) > 0 ? stop : warn, stop), before.approvedToo());
  }

  private static @Nullable Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches() || text.endsWith("P") || text.endsWith("T")) {
      return null;
    }
    long days = 365 * number(parts, 1) + 7 * number(parts, 3) + number(parts, 4);
    return Duration.ofDays(days)
        .plusSeconds(Math.round(number(parts, 2) * DAYS_OF_MONTH * 86_400))
        .plusHours(number(parts, 5))
        .plusMinutes(number(parts, 6))
        .plusSeconds(number(parts, 7));
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /// Returns the key of a text as cargo-deny does: crate names have no capitals before a dash.
  private static String key(String text) {
    int dash = text.indexOf('-');
    return dash > 0
            && text.substring(0, dash).equals(text.substring(0, dash).toUpperCase(Locale.ROOT))
        ? "id"
        : "crate";
  }

  private void ignore(PolicyTable one) {
    boolean advisory = one.has("id");
    String id = advisory ? one.text("id") : Reason.Code.YANKED.code();
    CrateSpec crate = advisory ? null : DenySpec.of(one);
    String said = one.text("reason");
    one.done();
    if (id == null || (crate == null && !advisory)) {
      return;
    }
    ignored.add(one, crate, id, said);
  }
}
