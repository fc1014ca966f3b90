package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Severity;
import lazaret.vetting.advisory.SeverityRating;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.file.PolicyExample.Expected;
import lazaret.vetting.policy.file.PolicyExample.Facts;
import lazaret.vetting.policy.file.PolicyExample.Word;
import lazaret.vetting.takeover.TakeoverSignal;
import org.jspecify.annotations.Nullable;

/// A reader of the examples in a policy file.
final class PolicyExampleReader {
  private final PolicyTable table;
  private final Policy policy;

  private PolicyExampleReader(PolicyTable table, Policy policy) {
    this.table = table;
    this.policy = policy;
  }

  /// Reads all examples; those with a mistake are omitted.
  static List<PolicyExample> examples(List<PolicyTable> tables, Policy policy) {
    List<PolicyExample> examples = new ArrayList<>();
    for (PolicyTable table : tables) {
      PolicyExample example = new PolicyExampleReader(table, policy).example();
      if (example != null) {
        examples.add(example);
      }
    }
    return examples;
  }

  private @Nullable PolicyExample example() {
    CrateName crate = table.crate("crate");
    CrateVersion version = version(table.text("version"));
    String title = table.text("name");
    Duration age = table.duration("age", Duration.ofDays(365));
    Findings findings = findings();
    List<AdvisoryGroup> hits = hits();
    FeedAge feeds = feeds(table.duration("feed-age", Duration.ZERO));
    List<Word> decisions = decisions();
    boolean audited = table.flag("audited", false);
    List<TakeoverSignal> takeover =
        table.words("takeover", TakeoverSignal.Code.class, List.of()).stream()
            .map(c -> new TakeoverSignal(c, TakeoverSignal.Weight.REVIEW, "an example", null))
            .toList();
    List<String> fixes = table.texts("fixes", List.of());
    boolean yanked = table.flag("yanked", false);
    String reason = reason();
    if (!table.has("expect")) {
      table.mistake("[test] lacks 'expect': " + PolicyValues.choice(Expected.class));
    }
    Expected expected = table.word("expect", Expected.class, Expected.ALLOW);
    table.done();
    if (crate == null || version == null) {
      return null;
    }
    Facts facts =
        new Facts(
            crate, version, age, findings, hits, feeds, decisions, audited, takeover, fixes,
            yanked);
    return new PolicyExample(
        table.line(), title == null ? crate + "@" + version : title, facts, expected, reason);
  }

  private @Nullable String reason() {
    String written = table.text("reason");
    String reason = written == null ? null : table.code("reason", written);
    if (reason != null && Reason.Code.find(reason).isEmpty()) {
      table.mistakeAt(
          "reason", "'test.reason' is not a reason code; docs/reasons.md lists all codes");
    }
    return reason;
  }

  private @Nullable CrateVersion version(@Nullable String text) {
    try {
      return CrateVersion.parse(text == null ? "1.0.0" : text);
    } catch (MalformedException e) {
      table.mistakeAt("version", "'test.version' is not a version: " + e.getMessage());
      return null;
    }
  }

  private @Nullable Findings findings() {
    boolean inspected = table.flag("inspected", true);
    CrateFacts facts =
        new CrateFacts(
            table.flag("build-script", false),
            table.flag("proc-macro", false),
            table.text("license"),
            null,
            0,
            0);
    return inspected ? new Findings(Sha256.of(Bytes.EMPTY), 0, List.of(), facts) : null;
  }

  private List<AdvisoryGroup> hits() {
    List<AdvisoryGroup> hits = new ArrayList<>();
    for (PolicyTable one : table.tables("advisories")) {
      AdvisoryKind kind = one.word("kind", AdvisoryKind.class, AdvisoryKind.VULNERABILITY);
      Double score = one.number("score", 0, 10);
      Severity severity =
          one.word(
              "severity",
              Severity.class,
              score == null ? Severity.UNKNOWN : Severity.ofScore(score));
      String id = one.needed("id", "an advisory's id");
      one.done();
      hits.add(
          new AdvisoryGroup(
              List.of(
                  new Advisory(
                      id,
                      "example",
                      List.of(),
                      null,
                      kind,
                      new SeverityRating(severity, score, null),
                      "an example",
                      null,
                      null,
                      false,
                      AffectedVersions.ALL,
                      Advisory.Scope.ALL,
                      false,
                      List.of())),
              List.of(),
              false));
    }
    return hits;
  }

  private FeedAge feeds(Duration age) {
    if (age.isZero()) {
      return FeedAge.NONE;
    }
    var limits = policy.advisories().feeds().limits();
    FeedAge.State state =
        age.compareTo(limits.stop()) >= 0
            ? FeedAge.State.STALE
            : age.compareTo(limits.warn()) >= 0 ? FeedAge.State.OLD : FeedAge.State.FRESH;
    FeedInfo info =
        new FeedInfo("example", FeedFormat.OSV, "an example", Instant.EPOCH, null, 0, 0);
    return new FeedAge(state, info, age);
  }

  private List<Word> decisions() {
    List<Word> words = new ArrayList<>();
    List<String> waives = table.texts("waives", List.of());
    table
        .texts("approved-by", List.of())
        .forEach(who -> words.add(new Word(Decision.Kind.APPROVE, who, waives)));
    if (table.flag("exempted", false)) {
      words.add(new Word(Decision.Kind.EXEMPT, "somebody", List.of()));
    }
    if (table.flag("denied", false)) {
      words.add(new Word(Decision.Kind.DENY, "somebody", List.of()));
    }
    return words;
  }
}
