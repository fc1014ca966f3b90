package lazaret.vetting.reading;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.decisions.Decider;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.review.ContentRole;
import org.jspecify.annotations.Nullable;

/// A gate whose desk has a read ledger. Persons mark what they read as a client does.
final class ReadingFixture implements AutoCloseable {
  final GateFixture station = new GateFixture();
  final ReadingService service =
      new ReadingService(station.parts, station.gate, station.desk.reviews());
  final Desk desk = new Desk(station.parts, station.gate, station.desk.reviews(), service, service);

  @Override
  public void close() {
    station.close();
  }

  /// Publishes a version of yesterday.
  CrateId publish(CrateBuilder crate) {
    return station.publish(crate, 1);
  }

  static CrateBuilder crate(String version) {
    return CrateBuilder.crate("alpha", version);
  }

  /// Returns a text of numbered lines.
  static String lines(String word, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append("// ").append(word).append(' ').append(i).append('\n');
    }
    return text.toString();
  }

  /// Puts a policy in force that requires shares in percent.
  void require(Map<ContentRole, Integer> shares) {
    policy(new ApproverPolicy(new TreeMap<>(shares), true));
  }

  /// Puts a policy in force in which versions with signals need the approvals of two persons.
  void requireTwoPersonsForSignals() {
    policy(ApproverPolicy.DEFAULT, new TreeSet<>(List.of(EvidencePolicy.Risk.SIGNALS)));
  }

  void policy(ApproverPolicy approver) {
    policy(approver, Policy.DEFAULT.evidence().secondPerson());
  }

  private void policy(ApproverPolicy approver, SortedSet<EvidencePolicy.Risk> secondPerson) {
    EvidencePolicy rules = Policy.DEFAULT.evidence();
    station.policy(
        Policy.DEFAULT.withEvidence(
            new EvidencePolicy(
                rules.violation(),
                rules.criteria(),
                rules.cooldown(),
                secondPerson,
                rules.exemption(),
                rules.longest(),
                approver)));
  }

  /// Returns a file of a difference; the base is that of a review if it is null.
  ChangedFile file(CrateId id, @Nullable String base, String path) {
    return ChangedFile.of(prepared(id, base).delta(), path);
  }

  Prepared prepared(CrateId id, @Nullable String base) {
    return service.prepare(id.name(), id.version(), version(base)).orElseThrow();
  }

  /// Marks a file: the hunks, or all changed lines if there are none.
  void mark(String person, CrateId id, @Nullable String base, String path, long... hunks) {
    ChangedFile file = file(id, base, path);
    mark(
        person,
        id,
        base,
        new MarkOrder.FilePart(
            path,
            file.content(),
            file.base(),
            false,
            Arrays.stream(hunks).boxed().toList(),
            ReadLines.NONE));
  }

  void mark(String person, CrateId id, @Nullable String base, MarkOrder.FilePart... parts) {
    var _ = service.mark(order(person, id, base, true, parts));
  }

  void unmark(String person, CrateId id, @Nullable String base, MarkOrder.FilePart... parts) {
    var _ = service.mark(order(person, id, base, false, parts));
  }

  MarkOrder order(
      String person, CrateId id, @Nullable String base, boolean read, MarkOrder.FilePart... parts) {
    return new MarkOrder(person, id.name(), id.version(), version(base), read, List.of(parts));
  }

  private static @Nullable CrateVersion version(@Nullable String text) {
    return text == null ? null : CrateVersion.parse(text);
  }

  /// Returns `read/lines` of a role.
  String share(String person, CrateId id, ContentRole role) {
    Map<ContentRole, String> shares = new EnumMap<>(ContentRole.class);
    service
        .shares(person, id, null)
        .roles()
        .forEach(each -> shares.put(each.role(), each.read() + "/" + each.lines()));
    return shares.getOrDefault(role, "");
  }

  DecisionReport approve(String person, CrateId id) {
    return decide(Decision.Kind.APPROVE, person, id, null, false);
  }

  DecisionReport decide(
      Decision.Kind kind, String person, CrateId id, @Nullable String delta, boolean bulk) {
    WantedVersion wanted = new WantedVersion(id.name(), id.version(), id.cksum(), null);
    return desk.decide(
        new DecisionOrder(
            kind,
            List.of(wanted),
            new Decider(person, null, null),
            "looked at it",
            null,
            List.of(),
            List.of(),
            version(delta),
            List.of(),
            bulk,
            null));
  }

  /// Returns the only refusal of an order.
  static String refusal(DecisionReport report) {
    return report.refused().stream()
        .map(DecisionReport.Refused::detail)
        .reduce((a, b) -> a + " | " + b)
        .orElse("none");
  }
}
